"""Laying files of all sorts on pages, most of them made to break what opens them."""

import json
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, StreamObject

from perennial.apps.standing.packet import builders
from perennial.apps.standing.packet.apart import DAMAGED, LOCKED, NO_ROOM, OTHER_KIND, TOO_LARGE, UNPRINTABLE
from perennial.apps.standing.packet.jobs import Job, Laid, Limits
from perennial.apps.standing.packet.pdf import BROKE, SLOW, Unset, lay_all, set_pdf

PDF, PNG, JPEG, HEIC = "application/pdf", "image/png", "image/jpeg", "image/heic"
ARMS = {"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/OpenAction", "/AA", "/AcroForm", "/XFA", "/EmbeddedFiles"}


def lay(folder: Path, *files: tuple[bytes, str], limits: Limits | None = None, seconds: float = 60) -> list[Laid]:
    jobs = []
    for number, (data, kind) in enumerate(files, 1):
        (folder / f"source-{number}").write_bytes(data)
        jobs.append(Job(number, f"source-{number}", kind))
    return lay_all(jobs, folder, seconds=seconds, limits=limits or Limits())


def names_in(path: Path) -> set[str]:
    """Every name that any object of a PDF holds, as key or as value."""
    reader = pypdf.PdfReader(path)
    found: set[str] = set()
    waiting: list[Any] = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, DictionaryObject | StreamObject):
            found |= set(value.keys())
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and value.startswith("/"):
            found.add(str(value))
    return found


def test_each_page_of_a_pdf_is_laid_with_its_direction(tmp_path: Path) -> None:
    upright, wide = lay(tmp_path, (builders.paper(pages=3), PDF), (builders.paper(size=(792, 612)), PDF))
    assert upright == Laid(1, [("laid-1.pdf", 1, False), ("laid-1.pdf", 2, False), ("laid-1.pdf", 3, False)])
    assert wide.pages == [("laid-2.pdf", 1, True)]
    assert "Certificate of completion, page 2" in pypdf.PdfReader(tmp_path / "laid-1.pdf").pages[1].extract_text()


def test_a_page_that_the_typesetter_cannot_take_is_laid_as_a_picture(tmp_path: Path) -> None:
    (found,) = lay(tmp_path, (builders.paper(size=(0.5, 0.5)), PDF))
    ((name, page, _),) = found.pages
    assert (name, page) == ("laid-1-1.jpg", 1)
    with Image.open(tmp_path / name) as picture:
        assert picture.width > 0


def test_a_picture_is_laid_upright_and_without_what_its_file_says_besides(tmp_path: Path) -> None:
    (found,) = lay(tmp_path, (builders.picture(turned=True), JPEG))
    ((name, page, wide),) = found.pages
    with Image.open(tmp_path / name) as picture:
        assert (picture.width < picture.height, wide, page) == (True, False, 1)
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (builders.locked(), PDF, LOCKED),
        (builders.locked(owner_only=True), PDF, UNPRINTABLE),
        (b"%PDF-1.7\nnothing follows", PDF, DAMAGED),
        (b"", PDF, DAMAGED),
        (builders.bomb(), PNG, TOO_LARGE),
        (builders.vast(), PDF, TOO_LARGE),
        (builders.picture()[:200], JPEG, DAMAGED),
        (builders.picture(kind="PNG")[:60], PNG, DAMAGED),
        (b"\0\0\0\x18ftypheic", HEIC, OTHER_KIND),
    ],
    ids=["locked", "unprintable", "cut off", "empty", "bomb", "vast", "cut JPEG", "cut PNG", "HEIC"],
)
def test_what_cannot_be_laid_says_why_and_the_next_is_laid(tmp_path: Path, data: bytes, kind: str, says: str) -> None:
    bad, good = lay(tmp_path, (data, kind), (builders.paper(), PDF))
    assert bad == Laid(1, says=says)
    assert good.pages


def test_a_page_tree_that_loops_holds_up_nobody(tmp_path: Path) -> None:
    bad, good = lay(tmp_path, (builders.looped(), PDF), (builders.paper(), PDF), limits=Limits(file_seconds=4))
    assert not bad.pages
    assert bad.says
    assert good.pages


def test_a_page_that_unpacks_to_more_than_the_memory_ends_alone(tmp_path: Path) -> None:
    bad, good = lay(tmp_path, (builders.stuffed(), PDF), (builders.paper(), PDF), limits=Limits(file_seconds=4))
    assert bad.says in (BROKE, DAMAGED)
    assert good.pages


def test_actions_scripts_and_attachments_are_not_taken_along(tmp_path: Path) -> None:
    (tmp_path / "armed.pdf").write_bytes(builders.armed())
    assert len(names_in(tmp_path / "armed.pdf") & ARMS) >= 5
    (found,) = lay(tmp_path, (builders.armed(), PDF))
    set_with(tmp_path, [found])
    assert not names_in(tmp_path / "packet.pdf") & (ARMS - {"/EmbeddedFiles"})
    reader = pypdf.PdfReader(tmp_path / "packet.pdf")
    assert list(reader.attachments) == ["packet.json"]
    assert "Armed paper, page 1" in reader.pages[-1].extract_text()


def test_a_long_file_is_cut_and_a_full_packet_takes_no_more(tmp_path: Path) -> None:
    files = [(builders.paper(f"Paper {n}", pages=5), PDF) for n in range(3)]
    first, second, third = lay(tmp_path, *files, limits=Limits(file_pages=4, pages=6))
    assert (len(first.pages), first.cut) == (4, 1)
    assert (len(second.pages), second.cut) == (2, 3)
    assert third == Laid(3, says=NO_ROOM)


def test_what_is_left_when_the_time_is_over_says_so(tmp_path: Path) -> None:
    assert lay(tmp_path, (builders.paper(), PDF), seconds=0) == [Laid(1, says=SLOW)]


def test_each_file_that_is_done_is_told_at_once(tmp_path: Path) -> None:
    told: list[int] = []
    for n in (1, 2):
        (tmp_path / f"source-{n}").write_bytes(builders.paper())
    lay_all([Job(n, f"source-{n}", PDF) for n in (1, 2)], tmp_path, seconds=60, limits=Limits(), progress=told.append)
    assert told == [1, 2]


def test_a_packet_that_cannot_be_set_says_so(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text("{}")
    with pytest.raises(Unset):
        set_pdf(tmp_path, fonts=None)


def set_with(folder: Path, laid: list[Laid]) -> None:
    """Set a packet with nothing but these proofs."""
    words: dict[str, Any] = {
        **dict.fromkeys(("title", "description", "name", "holder", "last-word", "elsewhere", "attached"), "x"),
        **{key: [] for key in ("facts", "lines", "groups", "left-out", "open", "without", "fonts")},
        "date": [2026, 11, 26],
        "verdict": {"state": "met", "words": "All in place", "says": ""},
    }
    words["proofs"] = [
        {
            "number": one.number,
            "label": f"Certificate {one.number} of {len(laid)}",
            "title": "A course",
            "about": ["26 November 2026"],
            "digest": "",
            "alt": "a certificate",
            "cut": "",
            "aside": [],
            "pages": one.pages,
        }
        for one in laid
    ]
    (folder / "words.json").write_text(json.dumps(words))
    (folder / "packet.json").write_text("{}")
    set_pdf(folder, fonts=None)
