"""Titles as keys: what two records of the same work share however each writes its title."""

import re
import unicodedata

MARKUP = re.compile(r"<[^>]{1,40}>")
OTHER = re.compile(r"[\W_]+")
SIGNS = {place: " " for place in range(128) if not chr(place).isalnum()}
LONGEST = 200


def title_key(title: str, year: int | None) -> str:
    """The title in small letters without accents, markup and signs, and the year: "a sample|2019"; empty without a title."""
    plain = title if title.isascii() else _plain(title)
    lowered = MARKUP.sub("", plain).lower() if "<" in plain else plain.lower()
    words = " ".join(lowered.translate(SIGNS).split()) if lowered.isascii() else OTHER.sub(" ", lowered).strip()
    return f"{words[:LONGEST]}|{year or ''}" if words else ""


def family(author: str) -> str:
    """The family name in small letters without accents and signs, to compare first authors by."""
    name = author.partition(",")[0]
    return name.lower() if name.isascii() and name.isalnum() else OTHER.sub("", _plain(name).lower())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
