"""The files that a course shows or hands out: known by their content, captioned where they speak, and none that could run."""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from perennial.core.courses.course import Course, Media
from perennial.core.values import Problem
from perennial.core.values.late import late

if TYPE_CHECKING:
    import PIL
    from PIL import Image
else:
    PIL, Image = late("PIL"), late("PIL.Image")

LARGEST_MEDIA_BYTES = 200_000_000
LARGEST_CAPTIONS_BYTES = 2_000_000
MOST_PIXELS = 40_000_000
PICTURES = {"PNG": ("png",), "JPEG": ("jpg", "jpeg"), "GIF": ("gif",), "WEBP": ("webp",)}
TYPES: Mapping[str, str] = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg", "wav": "audio/wav",
    "mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt", "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv",
}  # fmt: skip
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "image": ("png", "jpg", "jpeg", "gif", "webp"),
    "audio": ("mp3", "m4a", "ogg", "oga", "wav"),
    "video": ("mp4", "webm"),
    "file": ("pdf", "txt", "csv"),
}
HEADS: Mapping[str, Callable[[bytes], bool]] = {
    "mp3": lambda data: data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0),
    "m4a": lambda data: data[4:8] == b"ftyp",
    "mp4": lambda data: data[4:8] == b"ftyp",
    "ogg": lambda data: data[:4] == b"OggS",
    "oga": lambda data: data[:4] == b"OggS",
    "wav": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE",
    "webm": lambda data: data[:4] == b"\x1a\x45\xdf\xa3",
    "pdf": lambda data: data[:5] == b"%PDF-",
}
SVG = "A drawing (SVG) can hold programs. Save it as PNG and send that."


def media_faults(course: Course, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Media that is named and not there, or there and not named; that is not what its name says; film without captions."""
    there = {name.removeprefix("media/") for name in files if name.startswith("media/")}
    named = {file for one in course.media for file in (one.file, one.captions) if file}
    for place, one in enumerate(course.media, 1):
        where = f"course.toml: media[{place}]"
        yield from (
            Problem(where, f"there is no media/{file}", "Put it there, or remove the entry.")
            for file in (one.file, one.captions)
            if file and file not in there
        )
        yield from _unheard(one, where)
        for file, kind in ((one.file, one.kind), (one.captions, "captions")):
            fault = file_fault(file, kind, files[f"media/{file}"]) if file in there else None
            if fault:
                yield Problem(f"media/{file}", *fault)
    for name in sorted(there - named):
        yield Problem(f"media/{name}", "nothing names this file", "List it in course.toml, or remove it.")


def _unheard(one: Media, where: str) -> Iterator[Problem]:
    """What is missing for those who cannot hear or see it."""
    if one.kind == "video" and not one.captions:
        yield Problem(f"{where}.captions", f"{one.file} has no captions", "Write them as WebVTT, for who cannot hear it.")
    if one.kind == "audio" and not one.transcript:
        yield Problem(f"{where}.transcript", f"{one.file} has no transcript", "Write down what is said, for who cannot hear it.")
    if one.kind == "image" and not one.alt:
        yield Problem(f"{where}.alt", f"nothing says what {one.file} shows", "Say it in a sentence, for who cannot see it.")


def file_fault(name: str, kind: str, data: bytes) -> tuple[str, str] | None:
    """What is wrong with a file for its `kind` (image, audio, video, file, captions), and how to mend it; None where nothing is."""
    suffix = name.rpartition(".")[2].lower()
    if suffix == "svg" or b"<svg" in data[:2000].lower():
        return "is a drawing (SVG)", SVG
    known = ("vtt",) if kind == "captions" else SUFFIXES.get(kind, ())
    if suffix not in known:
        return f"is no {kind} that we take", f"Send {', '.join(known)}."
    if not data:
        return "is empty", "Send it again."
    if kind == "captions":
        return captions_fault(data)
    if kind == "image":
        return _picture_fault(data, suffix)
    if suffix in HEADS and not HEADS[suffix](data):
        return f"is not what its name says ({suffix})", "Save it in the format that its name says."
    if suffix in {"txt", "csv"}:
        return _text_fault(data)
    return None


def captions_fault(data: bytes) -> tuple[str, str] | None:
    """What is wrong with captions in WebVTT; None where they can be shown."""
    if len(data) > LARGEST_CAPTIONS_BYTES:
        return f"has more than {LARGEST_CAPTIONS_BYTES // 1_000_000} MB", "Captions hold words alone: a film of ten hours has less."
    try:
        cues = webvtt.from_string(data.decode("utf-8-sig")).captions
    except UnicodeDecodeError:
        return "is not UTF-8", "Save the captions as UTF-8."
    except (MalformedFileError, MalformedCaptionError, ValueError) as fault:
        return f"cannot be read as WebVTT: {fault}", "Begin with WEBVTT, then times such as 00:00:01.000 --> 00:00:04.000 above each text."
    if not any(cue.text.strip() for cue in cues):
        return "holds no caption", "Write at least one, with its times."
    return None


def kind_of(name: str) -> str:
    """The kind of media that a name stands for; empty where we take none such."""
    suffix = name.rpartition(".")[2].lower()
    return next((kind for kind, known in SUFFIXES.items() if suffix in known), "")


def type_of(media: Media | str) -> str:
    """The media type by which a file is handed out."""
    name = media if isinstance(media, str) else media.file
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _picture_fault(data: bytes, suffix: str) -> tuple[str, str] | None:
    try:
        with Image.open(io.BytesIO(data), formats=tuple(PICTURES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return f"has {picture.width} x {picture.height} points", "Make it smaller: 2,000 points across are plenty."
            if suffix not in PICTURES[str(picture.format)]:
                return f"is in truth a {picture.format} picture", f"Give it the ending .{PICTURES[str(picture.format)][0]}."
            picture.verify()
    except (PIL.UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return "cannot be opened as a picture", "Save it again as PNG or JPEG."
    return None


def _text_fault(data: bytes) -> tuple[str, str] | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "is not UTF-8", "Save it as UTF-8."
    return ("holds characters that no text has", "Save it as plain text.") if "\0" in text else None
