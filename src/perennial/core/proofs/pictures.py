"""Reads photos and scans, where the optional extra for it is installed; without it the picture is kept and said to be unread."""

import io
import warnings
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from perennial.core.proofs.certificate import read_certificate
from perennial.core.proofs.found import Found, Limits, Unreadable, Words
from perennial.core.proofs.lines import Line, Segment, gathered

try:
    from rapidocr_onnxruntime import RapidOCR
except ImportError:  # the extra `ocr` is not installed
    RapidOCR = None

UNREAD = "This is a picture, and reading pictures is not set up on this site. It is kept: enter what it says."
NOTHING = "Nothing could be recognized in this picture. It is kept: enter what it says."
LONGEST_SIDE = 2000
WEAK = 0.5


def can_recognize() -> bool:
    """Whether the text of pictures can be read here."""
    return RapidOCR is not None


def read_picture(data: bytes, words: Words, limits: Limits, part: str) -> list[Found]:
    """The certificate in a photo; raises Unreadable for what is no picture, or too large a one."""
    picture = opened(data, limits)
    if not can_recognize():
        return [Found(part=part, notes=(UNREAD,))]
    lines = recognized(picture, 1)
    return [read_certificate(lines, words, part=part, measured=True) if lines else Found(part=part, notes=(NOTHING,))]


def opened(data: bytes, limits: Limits) -> Image.Image:
    """The picture, upright and not larger than needed; raises Unreadable for what is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if picture.width * picture.height > limits.most_pixels:
                raise Unreadable("It has too many pixels. Save a smaller copy of the picture and send that.")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("It has too many pixels. Save a smaller copy of the picture and send that.") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError):
        raise Unreadable("It is damaged and cannot be opened as a picture. Take the photo anew and send that.") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def recognized(picture: Image.Image, page: int) -> list[Line]:
    """The lines of text in a picture; none where pictures cannot be read here."""
    if not can_recognize():
        return []
    result, _ = _engine()(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    boxes, scores = [], {}
    for corners, text, score in result or []:
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        if text.strip() and float(score) >= WEAK:
            boxes.append(Segment(text.strip(), min(xs), max(xs), min(ys), max(ys)))
            scores[text.strip()] = float(score)
    return [
        Line(line.page, line.number, line.segments, min((score for text, score in scores.items() if text in line.text), default=1.0))
        for line in gathered(boxes, page)
    ]


@cache
def _engine() -> Any:
    return RapidOCR(intra_op_num_threads=2)
