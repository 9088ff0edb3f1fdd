"""A course folder as a ZIP: written plainly, and read with care, since anyone may have made it."""

import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from perennial.core.values import Refusal
from perennial.core.values.zips import BROKEN, never_opened

MOST_FILES = 2_000
MOST_BYTES = 100 * 1024 * 1024
MOST_OF_ONE = 50 * 1024 * 1024
MOST_OF_TEXT = 4 * 1024 * 1024
MOST_TIMES = 200  # how much larger a file may be than it lies in the archive, once it is over SMALL
SMALL = 1024 * 1024
PIECE = 64 * 1024
IGNORED = {"__MACOSX", ".DS_Store", "Thumbs.db"}
TABLES = {"course.toml", "items.toml", "cases.toml"}
FIXED = (2026, 1, 1, 0, 0, 0)  # equal content gives equal bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of a course folder by their path in it, and the names of those that do not belong there."""

    files: dict[str, bytes]
    left_out: tuple[str, ...]


def pack(folder: str, files: Mapping[str, bytes]) -> bytes:
    """A ZIP of one folder; the same files give the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", FIXED), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpack(upload: BinaryIO) -> Unpacked:
    """The files of a ZIP that holds one course folder, with or without the folder around them.

    Raises Refusal, naming the entry, where the archive is broken, too large, or tries to leave its folder. Nothing is written to disk.
    """
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = _entries(archive)
            top = _top(entries)
            found, left_out = {}, []
            for path, entry in entries.items():
                name = path.removeprefix(top)
                if _belongs(name):
                    found[name] = _read(archive, entry)
                else:
                    left_out.append(path)
            return Unpacked(found, tuple(left_out))
    except BROKEN as fault:
        raise Refusal(f"This ZIP cannot be read: {str(fault) or 'it is broken'}. Pack the course folder anew and send that.") from fault


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of the archive by path, each judged before any is read."""
    listed = _files(archive)
    if len(listed) > MOST_FILES:
        raise Refusal(f"This ZIP holds {len(listed):,} files; at most {MOST_FILES:,} are taken. Send the course folder alone.")
    if sum(entry.file_size for entry in listed) > MOST_BYTES:
        raise Refusal(f"Unpacked, this ZIP is larger than {MOST_BYTES // 1024**2} MB. Make its media smaller.")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        _judge(entry)
        path = str(PurePosixPath(entry.filename))
        if IGNORED & set(PurePosixPath(path).parts) or PurePosixPath(path).name.startswith("._"):
            continue
        if path in found:
            raise Refusal(f"{path} stands twice in this ZIP. Pack the course folder anew.")
        found[path] = entry
    if not found:
        raise Refusal("This ZIP is empty. Pack the folder that holds course.toml.")
    return found


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries that are no folders; one that is never opened is refused."""
    for entry in archive.infolist():
        if why := never_opened(entry):
            raise Refusal(f"{_shown(entry)} {why}. Pack the course folder anew, as a plain ZIP.")
    return [entry for entry in archive.infolist() if not entry.is_dir()]


def _shown(entry: zipfile.ZipInfo) -> str:
    """The name of an entry as a sentence can hold it."""
    return ascii(entry.orig_filename[:100]).strip("'")


def _judge(entry: zipfile.ZipInfo) -> None:
    """Refuse an entry that leaves the folder, is no plain file, is locked, or swells."""
    name, mode = entry.filename, entry.external_attr >> 16
    shown = _shown(entry)
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts or not name.isprintable():
        raise Refusal(f"{shown}: a path that leaves the folder or cannot be kept. Pack the course folder anew, with plain names.")
    if stat.S_ISLNK(mode) or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
        raise Refusal(f"{shown} is a link, not a file. Put the file itself into the folder.")
    if entry.flag_bits & 1:
        raise Refusal(f"{shown} is locked with a password. Pack the folder without one.")
    if entry.file_size > MOST_OF_TEXT and PurePosixPath(name).suffix in (".md", ".toml"):
        raise Refusal(f"{shown} is larger than {MOST_OF_TEXT // 1024**2} MB. A course holds texts to read: divide it.")
    if entry.file_size > SMALL and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
        raise Refusal(f"{shown} is {entry.file_size // max(entry.compress_size, 1)} times as large as it is packed. Leave it out.")


def _top(entries: Mapping[str, zipfile.ZipInfo]) -> str:
    """The folder around everything, with its slash; empty where course.toml lies at the top."""
    if "course.toml" in entries:
        return ""
    tops = {PurePosixPath(path).parts[0] for path in entries}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    if f"{top}course.toml" not in entries:
        raise Refusal("There is no course.toml in this ZIP. Pack the folder that holds it.")
    return top


def _belongs(name: str) -> bool:
    """Whether a course folder holds such a file."""
    path = PurePosixPath(name)
    return name in TABLES or (len(path.parts) == 1 and path.suffix == ".md") or (len(path.parts) == 2 and path.parts[0] == "media")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry; what its header says of its size is not believed."""
    pieces, size = [], 0
    with archive.open(entry) as source:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > min(MOST_OF_ONE, max(entry.file_size, 0)):
                raise Refusal(f"{entry.filename} is larger than it says, or than {MOST_OF_ONE // 1024**2} MB. Make it smaller.")
            pieces.append(piece)
    return b"".join(pieces)
