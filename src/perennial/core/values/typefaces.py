"""Text for paper: without what shows nothing, and with what no typeface can draw given by its Unicode number."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

LAST_SURE = "\u024f"  # the end of the Latin letters, which the typefaces in use all hold
NUMBERED = re.compile(r"\[U\+[0-9A-F]{4,6}\]")
HIDDEN = ("Cc", "Cf", "Cs", "Co")
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def shown(text: str) -> str:
    """Text without characters that show nothing or turn the direction of others."""
    return "".join(
        " " if c in "\n\t" else c for c in unicodedata.normalize("NFC", text) if c in "\n\t" or unicodedata.category(c) not in HIDDEN
    )


def numbered(text: str, unshown: Iterable[str]) -> str:
    """Text with each character that no typeface here can draw given by its Unicode number: [U+674E]."""
    for character in unshown:
        text = text.replace(character, f"[U+{ord(character):04X}]")
    return text


def latin(text: str) -> str:
    """Text with all but Latin letters given by number: for texts of so many scripts that asking for each would take too long."""
    return numbered(text, {character for character in text if character > LAST_SURE})


def missing(fault: str) -> set[str]:
    """The characters that a fault of the typesetter says no typeface can draw."""
    texts = (ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in UNSHOWN.findall(fault))
    return {character for text in texts for character in text if not character.isascii()}


def each_string(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [each_string(inside, change) for inside in value]
    if isinstance(value, dict):
        return {name: each_string(inside, change) for name, inside in value.items()}
    return value
