"""A ZIP from anyone: what belongs is read, what harms is refused, with the entry named."""

import zipfile
from io import BytesIO

import pytest

from perennial.apps.desk.archive import pack, unpack
from perennial.core.values import Refusal

FILES = {"course.toml": b'slug = "x"\n', "items.toml": b"", "01-a.md": b"Text", "media/a.png": b"PNG"}


def zipped(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> BytesIO:
    """A ZIP with these entries beside a course.toml."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/course.toml", b"")
        for name, content in entries:
            archive.writestr(name, content)
    return BytesIO(made.getvalue())


def link() -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo("x/01-a.md")
    entry.external_attr = 0o120777 << 16
    return entry


def test_what_is_packed_comes_out_again_and_packs_to_the_same_bytes() -> None:
    packed = pack("x", FILES)
    assert unpack(BytesIO(packed)).files == FILES
    assert pack("x", FILES) == packed


def test_what_does_not_belong_is_left_out_and_named() -> None:
    found = unpack(zipped(("x/notes.docx", b"..."), ("__MACOSX/x/._course.toml", b"")))
    assert list(found.files) == ["course.toml"]
    assert found.left_out == ("x/notes.docx",)


@pytest.mark.parametrize(
    ("entry", "content", "says"),
    [
        ("x/../../etc/passwd", b"", "leaves the folder"),
        ("/etc/passwd", b"", "leaves the folder"),
        ("x\\..\\y.md", b"", "leaves the folder"),
        ("C:/y.md", b"", "leaves the folder"),
        (link(), b"/etc/passwd", "is a link"),
        ("x/media/bomb.png", b"0" * 5_000_000, "times as large"),
        ("x/course.toml", b"again", "stands twice"),
        ("x/items.toml", bytes(range(1, 256)) * 20_000, "larger than 4 MB"),
        ("x/01-a.md", bytes(range(1, 256)) * 20_000, "larger than 4 MB"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_harms_is_refused(entry: str | zipfile.ZipInfo, content: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        unpack(zipped((entry, content)))


@pytest.mark.parametrize("content", [b"", b"no zip", pack("x", FILES)[:-30], pack("x", {"y.md": b""})])
def test_what_is_no_course_folder_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"cannot be read|no course\.toml"):
        unpack(BytesIO(content))


def test_too_many_files_are_refused_before_any_is_read() -> None:
    with pytest.raises(Refusal, match="holds 2,002 files"):
        unpack(zipped(*((f"x/media/{number}", b"") for number in range(2_001))))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_folder_packed_otherwise_is_refused_before_it_swells(packed: int) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        archive.writestr("x/course.toml", b"0" * 200_000)
    with pytest.raises(Refusal, match="only plain ZIP"):
        unpack(BytesIO(made.getvalue()))


def test_an_entry_without_a_name_is_refused() -> None:
    data = zipped(("NULL.md", b"")).getvalue().replace(b"NULL.md", b"\x00ULL.md")
    with pytest.raises(Refusal, match="a name that nothing can be kept under"):
        unpack(BytesIO(data))
