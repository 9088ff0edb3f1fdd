"""Lays untrusted files on pages and sets the packet, in a process of its own: what breaks it or holds it up ends it alone. No Django here.

`copy` reads a task and answers with a line of JSON for each file as it is done; `set` makes packet.pdf of what lies in a folder.
"""

import json
import math
import shutil
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import IO, Any

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import typst
from PIL import Image, ImageOps, UnidentifiedImageError

from perennial.apps.standing.packet.jobs import Job, Laid, Limits
from perennial.core.values.typefaces import LAST_SURE, NUMBERED, each_string, latin, missing, numbered, shown
from perennial.core.values.typesetting import families, typefaces

try:
    import resource
except ImportError:  # no such limits on this system; the limit on time holds everywhere
    resource = None  # type: ignore[assignment]  # a module that is not there

TEMPLATE = Path(__file__).with_name("packet.typ")
FAMILIES = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
PRINTING = 1 << 2  # the third bit of a PDF's permissions
SIDES = (1700, 2200)  # a letter page at 200 dots an inch
MEMORY_BYTES = 3 * 1024**3
LARGEST_BYTES = 400 * 1024**2
LOCKED = "It is locked with a password."
UNPRINTABLE = "Its maker does not allow it to be printed, and so not to be copied here."
DAMAGED = "It is damaged and cannot be opened."
NO_PAGES = "It has no pages."
TOO_LARGE = "A picture in it has too many pixels."
OTHER_KIND = "Pictures of this kind (HEIC) cannot be put on a page here."
BY_NUMBER = " U+ stands before the Unicode number of a character that the typefaces of this file cannot draw; packet.json holds it as text."
NO_ROOM = "The packet holds as many pages as it can."
PICTURE_FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError, KeyError)


class Unlaid(Exception):
    """A file that cannot stand in the packet: the message is a plain sentence that says why."""


def laid(job: Job, folder: Path, limits: Limits, room: int) -> Laid:
    """Lay one file, on at most `room` pages."""
    if room < 1:
        return Laid(job.number, says=NO_ROOM)
    most = min(limits.file_pages, room)
    try:
        if job.media_type == "application/pdf":
            return _pdf(job, folder, most, limits.pdf_pixels)
        if job.media_type in ("image/png", "image/jpeg"):
            return _picture(job, folder, limits.pixels)
    except Unlaid as why:
        return Laid(job.number, says=str(why))
    return Laid(job.number, says=OTHER_KIND)


def _pdf(job: Job, folder: Path, most: int, most_pixels: int) -> Laid:
    """A new PDF with nothing but the pages: forms and notes drawn into them, no action, script or attachment taken along."""
    try:
        source = pypdfium2.PdfDocument(folder / job.source)
        count = len(source)
        kept = list(range(min(count, most)))
        if not kept:
            raise Unlaid(NO_PAGES)
        if not pdfium.FPDF_GetDocPermissions(source.raw) & PRINTING:
            raise Unlaid(UNPRINTABLE)
        sizes = _flattened(source, kept)
        pages = _as_pages(job, folder, source, sizes, most_pixels) or _as_pictures(job, folder, source, kept)
    except pypdfium2.PdfiumError as fault:
        raise Unlaid(LOCKED if "password" in str(fault).lower() else DAMAGED) from None
    return Laid(job.number, pages, count - len(kept))


def _flattened(source: Any, kept: Sequence[int]) -> list[tuple[float, float]]:
    """Draw what is filled in or stamped into the pages themselves; gives their sizes."""
    if source.get_formtype() != pdfium.FORMTYPE_NONE:
        source.init_forms()
    sizes = []
    for number in kept:
        page = source[number]
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_PRINT)
        sizes.append(page.get_size())
        page.close()
    return sizes


def _as_pages(job: Job, folder: Path, source: Any, sizes: Sequence[tuple[float, float]], most_pixels: int) -> list[tuple[str, int, bool]]:
    """The pages as they are; none where the typesetter cannot take them. Raises Unlaid where a picture on them would choke who opens it."""
    if any(min(size) < 1 for size in sizes):
        return []
    name = f"laid-{job.number}.pdf"
    copy = pypdfium2.PdfDocument.new()
    copy.import_pages(source, pages=list(range(len(sizes))))
    copy.save(folder / name)
    if _largest_picture(folder / name) > most_pixels:
        raise Unlaid(TOO_LARGE)
    probe = "".join(f'#image("/{name}", format: "pdf", page: {at})\n' for at in range(1, len(sizes) + 1))
    try:
        (folder / "probe.typ").write_text(probe, encoding="utf-8")
        typst.compile(folder / "probe.typ", root=folder, format="pdf", font_paths=typefaces(None))
    except typst.TypstError:
        return []
    return [(name, at, width > height) for at, (width, height) in enumerate(sizes, start=1)]


def _largest_picture(path: Path) -> int:
    """The pixels that the largest picture in a PDF claims to have, wherever it hangs."""
    reader, found = pypdf.PdfReader(path), 0
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        if isinstance(thing, pypdf.generic.StreamObject) and thing.get("/Subtype") == "/Image":
            sides = [int(str(thing[side])) for side in ("/Width", "/Height") if side in thing]
            found = max(found, math.prod(sides))
    return found


def _as_pictures(job: Job, folder: Path, source: Any, kept: Sequence[int]) -> list[tuple[str, int, bool]]:
    """The pages drawn as pictures."""
    found = []
    for number in kept:
        page = source[number]
        across, up = page.get_size()
        picture = page.render(scale=min(SIDES[0] / max(across, 1.0), SIDES[1] / max(up, 1.0), 4.0)).to_pil()
        found.append(_saved(picture, folder, f"laid-{job.number}-{number + 1}.jpg"))
    return found


def _picture(job: Job, folder: Path, most_pixels: int) -> Laid:
    """A picture upright on white, without what its file says besides, such as a place."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(folder / job.source, formats=("PNG", "JPEG"))
            if picture.width * picture.height > most_pixels:
                raise Unlaid(TOO_LARGE)
            picture.draft("RGB", SIDES)
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unlaid(TOO_LARGE) from None
    except PICTURE_FAULTS:
        raise Unlaid(DAMAGED) from None
    sheet = Image.new("RGBA", upright.size, "white")
    sheet.alpha_composite(upright)
    return Laid(job.number, [_saved(sheet, folder, f"laid-{job.number}.jpg")])


def _saved(picture: Image.Image, folder: Path, name: str) -> tuple[str, int, bool]:
    plain = picture.convert("RGB")
    plain.thumbnail(SIDES if plain.height >= plain.width else SIDES[::-1])
    plain.save(folder / name, quality=85)
    return name, 1, plain.width > plain.height


def lay(task: dict[str, Any]) -> Iterator[Laid]:
    """Lay each file of a task; one that takes longer than its seconds ends the process."""
    limits, folder, room = Limits(**task["limits"]), Path(task["folder"]), int(task["room"])
    for given in task["jobs"]:
        signal.alarm(limits.file_seconds)
        done = laid(Job(**given), folder, limits, room)
        room -= len(done.pages)
        yield done
    signal.alarm(0)


def set_packet(folder: Path, fonts: str | None) -> None:
    """Make packet.pdf of words.json and packet.json and of what was laid, all in `folder`.

    Characters that no typeface here can draw stand there by their Unicode numbers; packet.json holds them as they are.
    """
    words = each_string(json.loads((folder / "words.json").read_text(encoding="utf-8")), shown)
    words["fonts"] = [*FAMILIES, *families(fonts)]
    unshown = undrawable(json.dumps(words, ensure_ascii=False), words["fonts"], fonts)
    drawn = each_string(words, latin if unshown is None else partial(numbered, unshown=unshown))
    drawn["attached"] += BY_NUMBER if NUMBERED.search(json.dumps(drawn, ensure_ascii=False)) else ""
    (folder / "words.json").write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")
    shutil.copy(TEMPLATE, folder / "packet.typ")
    typst.compile(folder / "packet.typ", output=folder / "packet.pdf", root=folder, format="pdf", font_paths=typefaces(fonts))
    name_pages(folder / "packet.pdf", drawn)


def name_pages(path: Path, words: dict[str, Any]) -> None:
    """Name each page as viewers show it: 1, 2, …, then `Certificate 3 of 12, page 1`; and open the file with its bookmarks beside it."""
    writer = pypdf.PdfWriter(path, incremental=True)
    named = [name for proof in words["proofs"] for name in _names(proof)] + [(w["label"], 1) for w in words["without"]]
    at = len(writer.pages) - sum(count for _, count in named)
    labels = [pypdf.generic.NumberObject(0), pypdf.generic.DictionaryObject({_name("/S"): _name("/D")})]
    for name, count in named:
        label = {_name("/P"): pypdf.generic.TextStringObject(name if count == 1 else f"{name}, page ")}
        labels += [
            pypdf.generic.NumberObject(at),
            pypdf.generic.DictionaryObject(label | ({_name("/S"): _name("/D")} if count > 1 else {})),
        ]
        at += count
    tree = pypdf.generic.DictionaryObject({_name("/Nums"): pypdf.generic.ArrayObject(labels)})
    writer.root_object[_name("/PageLabels")] = tree
    writer.root_object[_name("/PageMode")] = _name("/UseOutlines")
    writer.write(path)


def _names(proof: dict[str, Any]) -> list[tuple[str, int]]:
    """What a proof's pages are called, and how many pages bear each name."""
    pages, label = len(proof["pages"]), proof["label"]
    return [(label, pages or 1), *([(f"{label}, pages left off", 1)] if pages and proof["cut"] else [])]


def _name(text: str) -> pypdf.generic.NameObject:
    return pypdf.generic.NameObject(text)


def undrawable(text: str, families: Sequence[str], fonts: str | None) -> frozenset[str] | None:
    """The characters of a text that none of these typefaces can draw; None where they cannot be told."""
    doubtful = sorted({character for character in text if character > LAST_SURE})
    if not doubtful:
        return frozenset()
    names = ", ".join(json.dumps(name, ensure_ascii=False) for name in families)
    sheet = ['#set document(title: "x")', f"#set text(font: ({names}))", *(f"#par({json.dumps(c, ensure_ascii=False)})" for c in doubtful)]
    try:
        typst.compile("\n".join(sheet).encode(), format="pdf", pdf_standards=["ua-1"], font_paths=typefaces(fonts))
    except typst.TypstError as fault:
        return frozenset(missing(str(fault))) or None
    return frozenset()


def bounded(seconds: int) -> None:
    """Let this process have its seconds of work, so much memory and files of such a size."""
    if resource is None:
        return  # type: ignore[unreachable]  # not on this system
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_BYTES, LARGEST_BYTES))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main(what: str, given: IO[str], out: IO[str]) -> None:
    """Do one task."""
    task = json.load(given)
    bounded(int(task["seconds"]))
    if what == "set":
        set_packet(Path(task["folder"]), task["fonts"])
        return
    for done in lay(task):
        out.write(json.dumps(asdict(done)) + "\n")
        out.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin, sys.stdout)
