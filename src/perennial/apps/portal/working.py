"""What the requirement page shows beside the lines: credits that did not count, duties done, the next step."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perennial.apps.courses.queries import latest_enrolments
from perennial.apps.courses.shelf import shelf_now
from perennial.apps.licenses.queries import Duty, duty_words
from perennial.apps.portal.finding import Finding
from perennial.apps.portal.steps import NO_OFFERS, Offers, Step, next_step
from perennial.apps.standing.queries import LicenseStanding


@dataclass(frozen=True, slots=True)
class NotCountedView:
    """A credit that did not count, or not whole, and why."""

    title: str
    entry: int | None
    completed_on: date | None
    hours: Decimal
    lost: Decimal
    because: str

    @property
    def whole(self) -> bool:
        """Whether nothing of it counted."""
        return self.lost >= self.hours


def not_counted(standing: LicenseStanding) -> tuple[NotCountedView, ...]:
    """The credits that did not count, or not whole, the latest first."""
    if standing.answer is None:
        return ()
    known = {str(credit.id): credit for credit in standing.credits}
    found = [
        NotCountedView(
            title=n.title,
            entry=known[n.credit].id if n.credit in known else None,
            completed_on=known[n.credit].completed_on if n.credit in known else None,
            hours=n.hours,
            lost=n.lost,
            because=n.because,
        )
        for n in standing.answer.not_counted
    ]
    return tuple(sorted(found, key=lambda view: view.completed_on or date.min, reverse=True))


def duties_done(standing: LicenseStanding) -> tuple[tuple[Duty, str], ...]:
    """The duties recorded for this license, with their words."""
    rule = standing.rule
    return tuple((duty, duty_words(rule, duty.what) if rule else duty.what) for duty in standing.duties)


def step_for(standing: LicenseStanding, finding: Finding | None, day: date) -> Step | None:
    """The next step for one license."""
    if finding is None:
        return None
    if finding.answer.compliant or finding.blocked or finding.ended:
        return next_step(standing, finding, NO_OFFERS, day)
    taken = latest_enrolments(standing.license.person)
    done = frozenset(slug for slug, one in taken.items() if one.completed_at)
    return next_step(standing, finding, Offers(shelf_now(), done), day)
