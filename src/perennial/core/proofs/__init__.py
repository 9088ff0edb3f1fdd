"""Reads what a certificate says out of the files that people keep: PDF, photo, e-mail, spreadsheet."""

from perennial.core.proofs.apart import Reader, Readers, read_apart
from perennial.core.proofs.extra import can_recognize
from perennial.core.proofs.found import Approval, Found, Limits, Place, Reading, Sure, Topic, Unreadable, Words
from perennial.core.proofs.pieces import Piece, unpacked

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
    "unpacked",
]
