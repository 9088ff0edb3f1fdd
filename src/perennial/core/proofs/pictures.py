"""Reads photos and scans, where the optional extra for it is installed; without it the picture is kept and said to be unread."""

import io
import re
import warnings
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from perennial.core.proofs.certificate import read_certificate
from perennial.core.proofs.extra import can_recognize
from perennial.core.proofs.found import Found, Limits, Sure, Unreadable, Words
from perennial.core.proofs.lines import Line, Segment, gathered

try:
    from rapidocr_onnxruntime import RapidOCR
except ImportError:  # the extra `ocr` is not installed
    RapidOCR = None

UNREAD = "This is a picture, and reading pictures is not set up on this site. It is kept: enter what it says."
NOTHING = "Nothing could be recognized in this picture. It is kept: enter what it says."
LONGEST_SIDE = 1900
WEAK = 0.5
BLANK = 0.14  # of the height of a line: where nothing stands for so long, a word ends
DIGITS = "0123456789.,/"  # numbers are not parted: a slim 1 leaves wide gaps
AFTER_COMMA = re.compile(r",(?=[A-Za-z]|(?:19|20)\d\d\b)")


def read_picture(data: bytes, words: Words, limits: Limits, part: str) -> list[Found]:
    """The certificate in a photo; raises Unreadable for what is no picture, or too large a one."""
    picture = opened(data, limits)
    if not can_recognize():
        return [Found(part=part, notes=(UNREAD,))]
    lines = recognized(picture, 1)
    return [doubted(read_certificate(lines, words, part=part, measured=True)) if lines else Found(part=part, notes=(NOTHING,))]


def doubted(found: Found) -> Found:
    """The same, with nothing called clear: a figure can be misread in a picture however good it looks."""
    fields = {name: getattr(found, name) for name in ("title", "completed_on", "hours", "provider")}
    clear = {name: one.model_copy(update={"sure": Sure.LIKELY}) for name, one in fields.items() if one.sure == Sure.CLEAR}
    return found.model_copy(update=clear)


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
    result, _ = _engine()(np.asarray(picture.convert("RGB"))[:, :, ::-1], return_word_box=True)
    boxes, scores = [], {}
    for corners, _, score, places, characters, _ in result or []:
        xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
        left, across = corners[0][0], max(corners[1][0] - corners[0][0], 1.0)
        middles = [(sum(x for x, _ in box) / len(box) - left) / across for box in places]
        text = spaced(characters, middles, _gaps(picture, corners))
        if text and float(score) >= WEAK:
            boxes.append(Segment(text, min(xs), max(xs), min(ys), max(ys)))
            scores[text] = float(score)
    return [
        Line(line.page, line.number, line.segments, min((score for text, score in scores.items() if text in line.text), default=1.0))
        for line in gathered(boxes, page)
    ]


def spaced(characters: Sequence[str], middles: Sequence[float], gaps: Sequence[float]) -> str:
    """Recognized characters as text: the recognizer leaves many blanks out, so gaps in the picture are taken for blanks."""
    out: list[str] = []
    for character, middle, before in zip(characters, middles, [None, *middles], strict=False):
        number = bool(out) and out[-1] in DIGITS and character in DIGITS
        parted = before is not None and not number and any(before < gap < middle for gap in gaps)
        out += [" ", character] if parted else [character]
    return AFTER_COMMA.sub(", ", " ".join("".join(out).split()))


def _gaps(picture: Image.Image, corners: Sequence[Sequence[float]]) -> list[float]:
    """Where words part in a line of text: the middles of its wide blank runs, from 0 at its left to 1 at its right."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    wide, high = max(int(np.hypot(x1 - x0, y1 - y0)), 1), max(int(np.hypot(x3 - x0, y3 - y0)), 1)
    crop = picture.transform((wide, high), Image.Transform.QUAD, (x0, y0, x3, y3, x2, y2, x1, y1), Image.Resampling.BILINEAR).convert("L")
    gray = np.asarray(crop, dtype=float)
    dark, light = np.percentile(gray, 2), np.percentile(gray, 80)
    inked = ((gray < light - 0.4 * (light - dark)).sum(axis=0) >= 0.05 * high).tolist()
    found, start = [], None
    for x, ink in enumerate([*inked, True]):
        if not ink and start is None:
            start = x
        elif ink and start is not None:
            if x - start >= BLANK * high:
                found.append((start + x) / 2 / wide)
            start = None
    return found


@cache
def _engine() -> Any:
    return RapidOCR(intra_op_num_threads=2)
