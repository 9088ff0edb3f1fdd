"""Values that every part of the core shares: faults in data, and a no to a person; and which text can be kept."""

import unicodedata
from dataclasses import dataclass

UNWRITABLE = ("Cc", "Cs")  # control characters, and halves of characters that no table holds


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in data that someone can mend: where it stands, what is wrong, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.mend}"


class Refusal(Exception):
    """A no to a person: the message is one clear sentence that says what to do; answered as 409."""


def written(value: str, name: str, longest: int, *, required: bool = False) -> str:
    """The text without spaces around it. Raises Refusal, calling it `name`, where no table can hold it, it is missing, or too long."""
    text = value.strip()
    if any(unicodedata.category(character) in UNWRITABLE and character not in "\n\r\t" for character in text):
        raise Refusal(f"The {name} holds a character that cannot be written. Type it anew and send the form again.")
    if required and not text:
        raise Refusal(f"The {name} is missing. Enter it and send the form again.")
    if len(text) > longest:
        raise Refusal(f"The {name} has more than {longest} characters. Shorten it and send the form again.")
    return text
