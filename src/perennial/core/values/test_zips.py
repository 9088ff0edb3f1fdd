"""An entry that swells while it is read, or has no name, is known before it is opened."""

import zipfile
from io import BytesIO

import pytest

from perennial.core.values.zips import never_opened


def entry(name: str, packed: int) -> zipfile.ZipInfo:
    """The one entry of a ZIP, as it is read back."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", b"0" * 1000, packed)
    data = made.getvalue().replace(b"a.txt", name.encode().ljust(5, b"_"))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.infolist()[0]


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_entries_may_be_opened(packed: int) -> None:
    assert never_opened(entry("a.txt", packed)) == ""


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_others_are_not(packed: int) -> None:
    assert "only plain ZIP" in never_opened(entry("a.txt", packed))


@pytest.mark.parametrize("name", ["\x00.txt", "a\x00b"])
def test_a_name_with_nothing_in_it_is_no_name(name: str) -> None:
    assert "name" in never_opened(entry(name, zipfile.ZIP_STORED))
