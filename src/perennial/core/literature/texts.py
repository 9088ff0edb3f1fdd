"""Texts, names and days as sources write them, made plain."""

import calendar
import re
import unicodedata
from datetime import date

LONGEST_TEXT, LONGEST_ABSTRACT, MOST_AUTHORS, MOST_WORDS = 1000, 50_000, 3000, 500
MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|su[bp]|sc|jats:[\w-]{1,20}|p|sec|title|italic|bold|mml:[\w-]{1,20})\b[^<>]{0,80}>", re.IGNORECASE
)
YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d|21\d\d)\b")
MONTHS = {name.casefold(): place for place, name in enumerate(calendar.month_abbr)}
PAGES = re.compile(r"\s*[\u2010-\u2015-]{1,3}\s*")
DIGITS = re.compile(r"\d{1,9}")
UNWRITABLE = ("Cc", "Cs")  # control characters, and halves of characters
CONTROLS = dict.fromkeys((*range(32), 127), " ")
PMCID = re.compile(r"PMC\d{1,10}", re.IGNORECASE)


def plain(value: object, longest: int = LONGEST_TEXT) -> str:
    """The text without markup of journals, control characters and doubled spaces; empty for what is no text."""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    text = MARKUP.sub("", value) if "<" in value else value
    if text.isprintable():
        return (" ".join(text.split()) if "  " in text else text.strip(" "))[:longest].rstrip(" ")
    letters = text if text.isascii() else "".join(" " if unicodedata.category(letter) in UNWRITABLE else letter for letter in text)
    return " ".join(letters.translate(CONTROLS).split())[:longest].rstrip()


def person(family: str, given: str) -> str:
    """ "Sample, A. M." of "Sample" and "Ada M."; the family name alone where there is no other."""
    parts = given.replace(".", ". ").replace(". -", ".-").split()
    initials = " ".join("-".join(f"{each[0]}." for each in part.split("-") if each[:1].isalpha()) for part in parts)
    initials = " ".join(initials.split())
    return f"{family}, {initials}" if family and initials else family


def person_of(text: str) -> str:
    """ "Sample, A. M." of "Sample, Ada M." or of "Sample AM", which is how PubMed and Europe PMC write it; other names as they are."""
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return person(family, given)
    before, _, last = family.rpartition(" ")
    if before and last.isalpha() and last.isupper() and len(last) <= 4:
        return person(before, " ".join(last))
    return family


def year_of(text: str) -> int | None:
    """The first year in the text."""
    found = YEAR.search(text)
    return int(found[1]) if found else None


def month_of(text: str) -> int:
    """The month by number or English name, 0 where there is none."""
    if text.isdecimal():
        return int(text) if len(text) < 3 and 1 <= int(text) <= 12 else 0
    return MONTHS.get(text[:3].casefold(), 0)


def day_of(year: int | None, month: int, day: int) -> date | None:
    """The day; None where a part of it is missing or there is no such day."""
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None


def pages_of(first: str, last: str = "") -> str:
    """ "1-9" of "1--9", or of "1" and "9"."""
    return PAGES.sub("-", f"{first}-{last}" if first and last and last != first else first or last)[:80]


def pmid_of(text: str) -> str:
    """The number at PubMed without zeros before it; empty where there is none."""
    bare = text.strip().removeprefix("https://pubmed.ncbi.nlm.nih.gov/").rstrip("/").strip()
    return bare.lstrip("0") if DIGITS.fullmatch(bare) else ""


def pmcid_of(text: str) -> str:
    """The number at PubMed Central, "PMC123"; empty where there is none."""
    found = PMCID.search(text)
    return found[0].upper() if found else ""


def address_of(text: str) -> str:
    """The text where it is an address of the web, else empty."""
    bare = text.strip()
    return bare if bare.startswith(("https://", "http://")) and len(bare) <= LONGEST_TEXT and bare.isprintable() and " " not in bare else ""
