"""Open archives of others: no way out of the folder, no links, no bombs, no more than anyone will look at; nothing is written."""

import stat
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath

from perennial.core.questions.found import Unreadable
from perennial.core.questions.limits import (
    LARGEST_ARCHIVE_BYTES,
    LARGEST_ENTRY_BYTES,
    LARGEST_UNPACKED_BYTES,
    MOST_ENTRIES,
    MOST_RATIO,
    megabytes,
)
from perennial.core.values.zips import BROKEN, never_opened

HARMLESS_BYTES = 1_000_000
"""An entry up to this size may be packed as tightly as it likes."""
ANEW = "Export it anew from the program that made it."


class Archive(Mapping[str, bytes]):
    """The files of a ZIP by their paths, each read when asked for. Raises Unreadable at once for one that is not safe to open."""

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        if len(data) > LARGEST_ARCHIVE_BYTES:
            raise Unreadable(where, f"has {megabytes(len(data))}", f"Choose a file of at most {megabytes(LARGEST_ARCHIVE_BYTES)}.")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except BROKEN:
            raise Unreadable(where, "is not a whole ZIP file", "Download or export it again; it may have been cut short.") from None
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise Unreadable(where, f"holds {len(entries):,} files", f"Choose one with at most {MOST_ENTRIES:,}.")
        self._entries = {self._safe(entry): entry for entry in entries if not entry.filename.endswith("/")}
        whole = sum(entry.file_size for entry in self._entries.values())
        if whole > LARGEST_UNPACKED_BYTES:
            raise Unreadable(where, f"would unpack to {megabytes(whole)}", f"Choose one of at most {megabytes(LARGEST_UNPACKED_BYTES)}.")

    def _safe(self, entry: zipfile.ZipInfo) -> str:
        """The path of an entry. Raises Unreadable for one that leads elsewhere, is a link, is locked, or unpacks without measure."""
        name = entry.filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        place = f"{self.where}: {name[:120]}"
        if not parts or name.startswith("/") or ".." in parts or ":" in name.partition("/")[0] or "\x00" in entry.orig_filename:
            raise Unreadable(place, "leads out of the archive", f"Such a file is never opened. {ANEW}")
        if why := never_opened(entry):
            raise Unreadable(place, why, "Pack it anew, as a plain ZIP.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable(place, "is a link to another file", f"Such a file is never opened. {ANEW}")
        if entry.flag_bits & 0x1:
            raise Unreadable(place, "is locked with a password", "Export it without a password.")
        if entry.file_size > LARGEST_ENTRY_BYTES and not _media(name):
            raise Unreadable(
                place, f"has {megabytes(entry.file_size)}", f"Files in an archive have at most {megabytes(LARGEST_ENTRY_BYTES)}."
            )
        if entry.file_size > max(HARMLESS_BYTES, entry.compress_size * MOST_RATIO):
            raise Unreadable(place, "unpacks to far more than it should (a ZIP bomb)", f"Such a file is never opened. {ANEW}")
        return str(PurePosixPath(name))

    def __getitem__(self, path: str) -> bytes:
        entry = self._entries[path]
        try:
            with self._zip.open(entry) as opened:
                data = opened.read(entry.file_size + 1)
        except BROKEN:
            raise Unreadable(f"{self.where}: {path}", "is damaged", "Download or export the archive again.") from None
        if len(data) > entry.file_size:
            raise Unreadable(f"{self.where}: {path}", "is larger than it says (a ZIP bomb)", f"Such a file is never opened. {ANEW}")
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _media(name: str) -> bool:
    """Whether a file is sound or video, which is named and not read."""
    return name.lower().endswith((".mp4", ".m4v", ".mov", ".webm", ".mp3", ".m4a", ".wav", ".avi", ".ogg", ".wmv"))
