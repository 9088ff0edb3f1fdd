"""Everything the dashboard shows for a person, gathered with a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.queries import Course, Enrolment, courses_begun, latest_enrolments
from perennial.apps.courses.shelf import Entry, shelf_now
from perennial.apps.credits.queries import CreditView
from perennial.apps.portal.card import Card, finding_for
from perennial.apps.portal.drawn import address
from perennial.apps.portal.finding import Finding
from perennial.apps.portal.steps import Offers, next_step
from perennial.apps.portal.words import days
from perennial.apps.standing.queries import LicenseStanding, effect_on, standing_of
from perennial.core.values.words import ce_hours, day_in_words, plain_hours

RECENT = 6
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A recent credit and what it did, license by license, as (license, words, why)."""

    credit: CreditView
    effects: tuple[tuple[str, str, str], ...]

    @property
    def address(self) -> str:
        """The credit's own page."""
        return address("credits:entry", self.credit.id)

    @property
    def finished(self) -> str:
        """The day of completion in words."""
        return day_in_words(self.credit.completed_on)

    @property
    def whole(self) -> str:
        """Its CE hours."""
        return plain_hours(self.credit.hours)


@dataclass(frozen=True, slots=True)
class Reading:
    """A course that was begun and is not completed."""

    course: Entry | Course
    enrolment: Enrolment


@dataclass(frozen=True, slots=True)
class Board:
    """The dashboard of a person on a day."""

    cards: tuple[Card, ...]
    recent: tuple[Counted, ...]
    columns: tuple[str, ...]
    reading: tuple[Reading, ...]

    @property
    def headline(self) -> str:
        """The first thing to know today."""
        found = [card.finding for card in self.cards if card.finding and not card.finding.blocked]
        ended = [f for f in found if f.ended and not f.answer.compliant]
        short = [f for f in found if f.unmet and f.answer.owed and not f.ended]
        if short:
            first = min(short, key=lambda f: f.days_left)
            lead = f"{first.name} first: " if len(self.cards) > 1 else ""
            return f"{lead}{_to_do(first)}, {days(first.days_left)} to do it"
        if ended:
            return f"{ended[0].name}: this period has ended"
        waiting = next((f for f in found if f.waits), None)
        if waiting:
            return f"{waiting.name}: one answer, and we can say where it stands"
        return "Nothing is missing for now" if found else "One more answer, and we can count"


def board_of(person: Person, day: date) -> Board:
    """Gather the dashboard of a person."""
    standings = standing_of(person, day=day)
    enrolments = latest_enrolments(person)
    shelf = shelf_now()
    offers = Offers(shelf, frozenset(slug for slug, one in enrolments.items() if one.completed_at))
    cards = tuple(_card(standing, offers, day) for standing in standings)
    credits = standings[0].credits if standings else ()
    return Board(
        cards=cards,
        recent=tuple(_counted(credit, standings[:MOST_COLUMNS]) for credit in credits[:RECENT]),
        columns=tuple(s.name for s in standings[:MOST_COLUMNS] if s.answer),
        reading=tuple(Reading(course, enrolment) for course, enrolment in courses_begun(enrolments.values(), shelf)),
    )


def _card(standing: LicenseStanding, courses: Offers, day: date) -> Card:
    finding = finding_for(standing, day)
    return Card(standing, finding, next_step(standing, finding, courses, day) if finding else None)


def _counted(credit: CreditView, standings: Sequence[LicenseStanding]) -> Counted:
    effects = []
    for standing in standings:
        effect = effect_on(standing, credit.id)
        if effect is None:
            continue
        whole = credit.hours == effect.counted or not effect.lost
        words = f"{plain_hours(effect.counted)} h" if whole else f"{plain_hours(effect.counted)} of {plain_hours(credit.hours)} h"
        effects.append((standing.name, words if effect.counted else "not counted", effect.because))
    return Counted(credit, tuple(effects))


def _to_do(finding: Finding) -> str:
    if finding.to_find:
        return f"{ce_hours(finding.to_find)} to find"
    count = len(finding.unmet)
    return f"{count} line{'s' if count > 1 else ''} to complete"
