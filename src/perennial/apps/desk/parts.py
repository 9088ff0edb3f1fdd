"""What a new draft and its parts hold before anyone writes, and how parts are called."""

from collections.abc import Mapping
from typing import Any

from perennial.apps.desk.models import DraftPart

Kind = DraftPart.Kind
Data = dict[str, Any]
# Parts of which there is one, in the order in which they stand in the rail.
SINGLE = (
    Kind.ABOUT,
    Kind.OUTLINE,
    Kind.CREDIT,
    Kind.MEDIA,
    Kind.REFERENCES,
    Kind.GLOSSARY,
    Kind.EVALUATION,
    Kind.DECLARATIONS,
)
# Parts of which there are many.
MANY = (Kind.SECTION, Kind.ITEM, Kind.CASE)
LONGEST_NAME = 60  # characters of a text that names its part in lists
NOT_REVIEWED = "Not yet reviewed by a licensed clinician."


def first_parts(title: str) -> Mapping[str, Data]:
    """The single parts of a new draft: what can be said before anything is written."""
    return {
        Kind.ABOUT: {
            "title": title,
            "summary": "",
            "version": 1,
            "language": "en",
            "level": "introductory",
            "audience": "",
            "format": "asynchronous",
            "free": True,
            "practices": [],
            "authors": [],
            "review": {"state": "not_yet_reviewed", "says": NOT_REVIEWED},
            "needs": "None.",
        },
        Kind.OUTLINE: {"objectives": [], "test": {"ask": 10, "pass_percent": 80}},
        Kind.CREDIT: {"credit": {"hours": "1.0", "minutes_per_hour": 60, "method": "words_6000", "topics": {}}},
        Kind.MEDIA: {"media": []},
        Kind.REFERENCES: {"references": []},
        Kind.GLOSSARY: {"glossary": []},
        Kind.EVALUATION: {"evaluation": []},
        Kind.DECLARATIONS: {"disclosures": "", "declarations": []},
    }


def shortened(text: str) -> str:
    """The first words."""
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rsplit(' ', 1)[0]}…"
