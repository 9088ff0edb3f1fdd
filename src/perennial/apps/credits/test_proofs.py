"""Files are known by their content."""

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from perennial.apps.credits.proofs import HEIC, JPEG, PDF, PNG, clean_name, look
from perennial.core.values import Refusal

HEADS = {PDF: b"%PDF-1.4\n", PNG: b"\x89PNG\r\n\x1a\n____", JPEG: b"\xff\xd8\xff\xe0____", HEIC: b"\0\0\0\x18ftypheic____"}


@pytest.mark.parametrize(
    ("name", "kind"), [("a.pdf", PDF), ("a.PNG", PNG), ("a.jpg", JPEG), ("a.jpeg", JPEG), ("a.heic", HEIC), ("a.HEIF", HEIC)]
)
def test_what_we_take_is_taken(name: str, kind: str) -> None:
    assert look(ContentFile(HEADS[kind], name=name)).media_type == kind


def test_a_file_without_an_ending_gets_the_one_of_its_content() -> None:
    assert look(ContentFile(HEADS[JPEG], name="scan")).name == "scan.jpg"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.pdf", "is empty"),
        (b"hello", "a.pdf", "not a PDF"),
        (b"MZ\x90\0", "a.pdf", "not a PDF"),
        (b"<html><script>", "a.png", "not a PDF"),
        (HEADS[PNG], "a.pdf", "in truth a PNG picture"),
        (HEADS[PDF], "a.exe", "in truth a PDF"),
    ],
)
def test_what_we_do_not_take_is_refused_with_a_sentence(content: bytes, name: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        look(ContentFile(content, name=name))


def test_a_file_over_the_limit_is_refused(settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 8
    with pytest.raises(Refusal, match="20 MB"):
        look(ContentFile(HEADS[PDF], name="a.pdf"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\scan.pdf", "scan.pdf"),
        ('a"b\r\nc.pdf', "abc.pdf"),
        ("...", "proof"),
        ("證明.pdf", "證明.pdf"),
        ("x" * 300 + ".pdf", "x" * 148 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept
