"""Have the typesetter make a page: with its typefaces, and with what they cannot draw given by number."""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from perennial.core.values.late import late
from perennial.core.values.typefaces import each_string, latin, missing, numbered

if TYPE_CHECKING:
    import typst
else:
    typst = late("typst")

ATTEMPTS = 6


def typeset(words: Any, made: Callable[[Any], bytes], unshown: set[str]) -> bytes:
    """What `made` makes of these words, each character that no typeface can draw given by its Unicode number.

    `unshown` holds those that are known not to be drawn, and takes those that are found. Raises TypstError for any other fault.
    """
    for _ in range(ATTEMPTS):
        try:
            return made(each_string(words, partial(numbered, unshown=frozenset(unshown))))
        except typst.TypstError as fault:
            found = missing(str(fault)) - unshown
            if not found:
                raise
            unshown |= found
    return made(each_string(words, latin))


@cache
def typefaces(folder: str | None = None) -> "typst.Fonts":
    """The built-in typefaces, and those of a folder where there is one; none of the machine's own, so that pages are alike everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder] if folder else [])


def families(folder: str | None) -> list[str]:
    """The names of the typefaces that lie in a folder."""
    return sorted({font.family for font in typefaces(folder).fonts() if font.path})
