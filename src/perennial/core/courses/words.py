"""Count the words of a section that count as reading: its text, and nothing around it."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from perennial.core.courses.markdown import tokens_to_read


def counted_words(text: str) -> int:
    """How many words of this Markdown count towards hours.

    Headings, titles of boxes, references and code do not count; tables and the text inside boxes do.
    A word is what stands between white space and holds a letter or a digit.
    """
    return sum(any(sign.isalnum() for sign in word) for line in _lines(tokens_to_read(text)) for word in line.split())


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    """The plain text of each paragraph, list item and table cell."""
    heading = False
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            heading = token.nesting == 1
        elif token.type == "inline" and not heading:
            yield "".join(_plain(child) for child in token.children or ())


def _plain(token: Token) -> str:
    if token.type in {"text", "text_special"}:
        return token.content
    return " " if token.type in {"softbreak", "hardbreak"} else ""
