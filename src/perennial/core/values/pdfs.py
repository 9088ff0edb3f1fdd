"""What reading a PDF from anyone can raise."""

import struct
import zlib
from typing import Final

from pypdf.errors import PyPdfError

DAMAGED: Final = (
    PyPdfError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf and pdfplumber raise at a PDF that is broken, or made to break; one changed byte can bring any of them."""
