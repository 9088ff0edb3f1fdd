"""Reads a file that someone kept, whatever it is: what it holds as certificates, each value with its place."""

from perennial.core.proofs.certificate import looks_like_one, read_certificate
from perennial.core.proofs.found import Found, Limits, Unreadable, Words
from perennial.core.proofs.lines import plain_lines
from perennial.core.proofs.papers import read_carried, read_pdf
from perennial.core.proofs.pictures import read_picture
from perennial.core.proofs.pieces import Piece, as_text, decoded, kind_of, unpacked
from perennial.core.proofs.sheets import read_csv, read_xlsx
from perennial.core.proofs.tables import read_lines

HEIC_NOTE = "Pictures of this kind (HEIC) are kept but cannot be read here. Enter what it says, or send it as JPEG."


def read_file(data: bytes, name: str, words: Words, limits: Limits | None = None) -> list[Found]:
    """Each certificate in a file, also in the letters and archives that it holds.

    Raises Unreadable where the file is one that cannot be read; inside an archive such files come back empty with a note.
    """
    limits = limits or Limits()
    pieces = unpacked(data, name, limits)
    if len(pieces) == 1 and not pieces[0].part:
        return read_piece(pieces[0], words, limits)
    return [found for piece in pieces for found in _in_whole(piece, words, limits)][: limits.most_found]


def _in_whole(piece: Piece, words: Words, limits: Limits) -> list[Found]:
    try:
        return read_piece(piece, words, limits)
    except Unreadable as fault:
        return [Found(part=piece.part, notes=(str(fault),))]


def read_piece(piece: Piece, words: Words, limits: Limits) -> list[Found]:
    """Each certificate in a single file; raises Unreadable with a sentence that says why there is none."""
    if piece.says:
        raise Unreadable(piece.says)
    kind = piece.kind or kind_of(piece.data, piece.name)
    if kind == "pdf":
        return read_pdf(piece.data, words, limits, piece.part)
    if kind == "picture":
        return read_picture(piece.data, words, limits, piece.part)
    if kind == "heic":
        return [Found(part=piece.part, notes=(HEIC_NOTE,))]
    if kind == "xlsx":
        return read_xlsx(piece.data, words, limits, piece.part)
    if not kind:
        raise Unreadable("It is of a kind that cannot be read here. Send a PDF, a photo, an e-mail, a spreadsheet or text.")
    return _read_text(piece, kind, words, limits)


def _read_text(piece: Piece, kind: str, words: Words, limits: Limits) -> list[Found]:
    text = decoded(piece.data)[: limits.most_characters * 10 if kind == "csv" else limits.most_characters]
    if kind == "csv":
        return read_csv(text, words, limits, piece.part)
    own = read_carried(piece.data, piece.part) if kind == "own" else None
    if own is not None:
        return [own]
    lines = plain_lines(as_text(text) if kind == "html" else text)
    listed = read_lines(lines, words, part=piece.part, most=limits.most_found)
    if listed:
        return listed
    found = read_certificate(lines, words, part=piece.part)
    if kind == "body" and not looks_like_one(lines, words):
        return []
    if found.empty:
        raise Unreadable("Nothing in it reads as a certificate. Enter it by hand if it is one.")
    return [found]
