"""What a course is worth, in rows that a page can show: hours, how they are computed, topics, test."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from perennial.apps.providers.queries import ApprovalView
from perennial.core import courses as core
from perennial.core.approval import Computed
from perennial.core.values.words import ce_hours, counted


def worth_of(
    content: core.Course, topics: Mapping[str, int], names: Mapping[str, str], length: Computed, approvals: Sequence[ApprovalView] = ()
) -> list[tuple[str, str]]:
    """Rows of what and value."""
    credit, test = content.credit, content.test
    limit = counted(test.minutes, "minute") if test.minutes else "no time limit"
    return [
        ("Worth", f"{ce_hours(credit.hours)} of {credit.minutes_per_hour} minutes"),
        ("Topics in it", "; ".join(f"{names[slug]}, {counted(minutes, 'minute')}" for slug, minutes in topics.items()) or "none named"),
        ("Computed", f"{computed(length)}; {plain(credit.hours * credit.minutes_per_hour)} are claimed"),
        ("Test", f"{counted(test.ask, 'question')}, {test.pass_percent} in 100 to pass, {limit}"),
        ("Cost", "free, certificate too" if content.free else "at a price"),
        ("Approvals", "; ".join(approval.body for approval in approvals) or "none"),
    ]


def computed(length: Computed) -> str:
    """The computation in words, with the figures that went in."""
    minutes = plain(length.by(length.claimed).amount.quantize(Decimal("0.1")))
    if length.claimed == "words_6000":
        return f"{counted(length.words, 'word')} at 6,000 an hour are {minutes} minutes"
    inputs = f"{counted(length.words, 'word')}, {counted(length.questions, 'question')} and difficulty {plain(length.difficulty)}"
    return f"by the Mergener formula {inputs} are {minutes} minutes"


def plain(number: Decimal) -> str:
    """A number as people write it."""
    return format(number.normalize(), "f")
