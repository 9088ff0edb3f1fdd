"""Reads what a certificate says out of the files that people keep: PDF, photo, e-mail, spreadsheet."""

from perennial.core.proofs.apart import Reader, Readers, read_apart
from perennial.core.proofs.found import Approval, Found, Limits, Place, Reading, Sure, Topic, Unreadable, Words
from perennial.core.proofs.pictures import can_recognize
from perennial.core.proofs.read import Piece, read_file, read_piece, unpacked

__all__ = [
    "Approval",
    "Found",
    "Limits",
    "Piece",
    "Place",
    "Reader",
    "Readers",
    "Reading",
    "Sure",
    "Topic",
    "Unreadable",
    "Words",
    "can_recognize",
    "read_apart",
    "read_file",
    "read_piece",
    "unpacked",
]
