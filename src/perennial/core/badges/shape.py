"""Whether a document has just the parts that are known: what a signature over linked data leaves out must not be there to be read."""

from collections.abc import Mapping
from typing import Any

TEXT, FLAG, ANY = object(), object(), object()
"""A text that is not empty; true or false; anything at all."""


def stray(document: Any, shape: Any, place: str = "") -> str:
    """Where the document differs from the shape, such as `credentialSubject.extra`; empty where it does not.

    A shape is TEXT, FLAG, ANY, a mapping (a name ending in ? may be missing), a list of one shape for each of at least one item, or a
    tuple with the one value that may stand there. Linked data drops names that no context defines, null and what is empty.
    """
    if isinstance(shape, Mapping):
        return _in_mapping(document, shape, place)
    if isinstance(shape, list):
        if not isinstance(document, list) or not document:
            return place or "the whole"
        return next((found for number, item in enumerate(document) if (found := stray(item, shape[0], f"{place}[{number}]"))), "")
    return "" if _fits(document, shape) else place or "the whole"


def _in_mapping(document: Any, shape: Mapping[str, Any], place: str) -> str:
    if not isinstance(document, Mapping):
        return place or "the whole"
    parts = {name.removesuffix("?"): inside for name, inside in shape.items()}
    dot = f"{place}." if place else ""
    for name in document:
        if name not in parts:
            return f"{dot}{name[:60]}"
    for name in shape:
        if name not in document and not name.endswith("?"):
            return f"{dot}{name}"
    return next((found for name, value in document.items() if (found := stray(value, parts[name], f"{dot}{name}"))), "")


def _fits(value: Any, shape: Any) -> bool:
    if shape is TEXT:
        return isinstance(value, str) and bool(value)
    if shape is FLAG:
        return isinstance(value, bool)
    return shape is ANY or value == shape[0]
