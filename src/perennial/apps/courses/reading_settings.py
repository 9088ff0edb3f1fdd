"""How someone wants to read: size, lines, letters, face, theme and keys; kept for a person, and in a cookie for a visitor."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.models import ReadingChoice
from perennial.tables import Prepared

COOKIE = "reading"
MOST_DRAWN = 64  # of the few hundred that can be chosen, a handful are in use
_CHOICE: Prepared[ReadingChoice] = Prepared(lambda person: ReadingChoice.objects.filter(person_id=person))
CHOICES: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "size": ("Size", (("", "Standard"), ("large", "Larger"), ("largest", "Largest"))),
    "lines": ("Lines", (("", "Standard"), ("wide", "Wide"), ("widest", "Widest"))),
    "letters": ("Letters and words", (("", "Standard"), ("apart", "Further apart, for dyslexia"))),
    "face": ("Typeface", (("", "Serif"), ("sans", "Sans serif"), ("mono", "Fixed width"))),
    "theme": ("Colors", (("", "As the device"), ("light", "Light"), ("dark", "Dark"))),
    "keys": ("Keys of one letter", (("", "On"), ("off", "Off"))),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The choices; empty is the standard."""

    size: str = ""
    lines: str = ""
    letters: str = ""
    face: str = ""
    theme: str = ""
    keys: str = ""

    @property
    def rows(self) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
        """For a form: name, words, and of each value whether it is chosen."""
        return [
            (name, words, [(value, says, value == getattr(self, name)) for value, says in values])
            for name, (words, values) in CHOICES.items()
        ]

    @property
    def fields(self) -> SafeString:
        """The form's choices, drawn once for all who read in the same way."""
        return _drawn(self)

    @property
    def shape(self) -> dict[str, str]:
        """What the text itself shows; the theme is the whole page's."""
        return {name: value for name, value in self.chosen.items() if name != "theme"}

    @property
    def chosen(self) -> dict[str, str]:
        """What is not the standard."""
        return {name: value for name, value in asdict(self).items() if value}


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(reading: Reading) -> SafeString:
    return render_to_string("courses/pages/section_choices.html", {"reading": reading})


def reading_of(told: Mapping[str, str]) -> Reading:
    """The choices in a form, a cookie or a table; what cannot be is the standard."""
    known = {name: {value for value, _ in values} for name, (_, values) in CHOICES.items()}
    return Reading(**{field.name: value for field in fields(Reading) if (value := told.get(field.name, "")) in known[field.name]})


def as_cookie(reading: Reading) -> str:
    """The choices as a cookie holds them."""
    return urlencode(reading.chosen)


def reading_for(person: Person | None, cookie: str) -> Reading:
    """The person's own choices; a visitor's, and those of who never chose, are in the cookie. One query for a person."""
    kept = _CHOICE.first(person=person.pk) if person else None
    return reading_of(kept.choices if kept else dict(parse_qsl(cookie[:200])))


def keep_reading(*, person: Person, reading: Reading) -> None:
    """Keep the choices, for every device of the person."""
    ReadingChoice.objects.update_or_create(person=person, defaults={"choices": reading.chosen})
