"""Reads JSON of strangers: no key twice, no depth, no size, no number that is none."""

import json
import re
from typing import Any, NoReturn

LARGEST = 2 * 1024 * 1024
DEEPEST = 24
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)


def read_strictly(data: bytes) -> Any:
    """The value; ValueError with a clause that says what is wrong.

    Every reader must see the same value: of two keys of one name some take the first and some the last, so both are refused.
    """
    if len(data) > LARGEST:
        raise ValueError(f"the JSON is larger than {LARGEST // 1024 // 1024} MB")
    if _depth(data) > DEEPEST:
        raise ValueError(f"the JSON is nested deeper than {DEEPEST} levels")
    try:
        return json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError("it is not JSON") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for position, (name, _) in enumerate(pairs) if name in dict(pairs[:position]))
        raise ValueError(f"the JSON has the key {twice[:40]!r} twice in one place")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"the JSON holds {word}, which is no number")


def _depth(data: bytes) -> int:
    """How deep brackets go, strings left out, without building anything."""
    deep = deepest = 0
    for sign in _STRINGS.sub(b"", data):
        if sign in b"[{":
            deep += 1
            deepest = max(deepest, deep)
        elif sign in b"]}":
            deep -= 1
    return deepest
