"""What a course is worth, in rows that a page can show: hours, how they are computed, topics, test."""

from collections.abc import Mapping
from decimal import Decimal

from perennial.core import courses as core
from perennial.core.approval import Computed

METHODS = {
    "words_6000": "6,000 words an hour",
    "mergener": "the Mergener formula",
}


def worth_of(content: core.Course, topics: Mapping[str, int], names: Mapping[str, str], length: Computed) -> list[tuple[str, str]]:
    """Rows of what and value."""
    credit = content.credit
    hours = f"{plain(credit.hours)} CE hour{'' if credit.hours == 1 else 's'} of {credit.minutes_per_hour} minutes"
    rows = [("Worth", hours)]
    rows += [
        ("of it" if place == 0 else "and", f"{names[slug]}: {minutes} minutes") for place, (slug, minutes) in enumerate(topics.items())
    ]
    rows.append(("Computed by", f"{METHODS[credit.method]}: {computed(length)}"))
    limit = f"{content.test.minutes} minutes" if content.test.minutes else "no time limit"
    rows.append(("Test", f"{content.test.ask} questions, {content.test.pass_percent} in 100 to pass, {limit}, as many tries as you like"))
    rows.append(("Approvals", "none"))
    return rows


def computed(length: Computed) -> str:
    """The computation in words, with the figures that went in."""
    minutes = plain(length.by(length.claimed).amount.quantize(Decimal("0.1")))
    if length.claimed == "words_6000":
        return f"{length.words:,} words are {minutes} minutes"
    return f"{length.words:,} words, {length.questions} questions, difficulty {plain(length.difficulty)} are {minutes} minutes"


def plain(number: Decimal) -> str:
    """A number as people write it."""
    return format(number.normalize(), "f")
