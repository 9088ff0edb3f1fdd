"""Which entries of a ZIP from anyone may be opened: those that unpack piece by piece, under a name."""

import struct
import zipfile
import zlib
from lzma import LZMAError
from typing import Final

PLAIN: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How an entry may be packed. Of the others `zipfile` unpacks a whole piece before anyone can look how large it became."""
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    IndexError,
    KeyError,
)
"""What opening or reading a ZIP that is broken, or made to break, can raise."""


def never_opened(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not opened, as the end of a sentence about it; empty for one that may be read with a limit on its bytes.

    Ask before anything else of the entry: one without a name breaks `ZipInfo.is_dir`.
    """
    if not entry.filename or "\x00" in entry.orig_filename:
        return "has a name that nothing can be kept under"
    if entry.compress_type not in PLAIN:
        return "is packed in a way that is not opened here; only plain ZIP (deflate) is"
    return ""
