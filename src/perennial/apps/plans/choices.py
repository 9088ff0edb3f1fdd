"""What a plan may choose from: the library's free courses not yet completed, and the person's own candidates with a price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.awarding import covering, key_of
from perennial.apps.courses.queries import latest_enrolments
from perennial.apps.courses.shelf import Entry, shelf_now
from perennial.apps.plans.facts import CourseFacts, ToldApproval, facts_of
from perennial.apps.plans.queries import courses_kept
from perennial.apps.providers.queries import ApprovalView, all_providers, approval_view
from perennial.apps.standing.queries import topics_of
from perennial.core.planner import Approval, Offer
from perennial.core.rules import Credit
from perennial.core.values import Refusal

LIBRARY, OWN, OFFER = "library", "own", "offer"


@dataclass(frozen=True, slots=True)
class Choice:
    """A course that a plan may choose: `kind` and `ref` say where it stands, the library's short name or a candidate's number."""

    kind: str
    ref: str
    facts: CourseFacts

    @property
    def id(self) -> str:
        """Its name in a plan."""
        return f"{self.kind}:{self.ref}"


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything to choose from, and what was left out: candidates without a price."""

    all: tuple[Choice, ...]
    unpriced: int

    @property
    def by_id(self) -> Mapping[str, Choice]:
        """The courses by their name in a plan."""
        return {choice.id: choice for choice in self.all}


def choices_of(person: Person) -> Choices:
    """What a person's plan may choose from; five queries."""
    enrolments = latest_enrolments(person)
    done = {slug for slug, enrolment in enrolments.items() if enrolment.completed_at is not None}
    providers = {each.slug: (each.name, [approval_view(held) for held in each.approvals.all()]) for each in all_providers()}
    library = [
        Choice(LIBRARY, course.slug, library_facts(course, *providers.get(course.provider, ("", ()))))
        for course in shelf_now().entries
        if course.is_free and course.slug not in done
    ]
    kept = courses_kept(person)
    own = [Choice(OWN, str(course.pk), facts_of(course)) for course in kept if course.price_cents is not None]
    return Choices((*library, *own), len(kept) - len(own))


def library_facts(course: Entry, provider: str, held: Sequence[ApprovalView]) -> CourseFacts:
    """A course of this site as a plan sees it: by its own provider, with the approvals that cover it and the days on which they hold.

    An approval made up for samples counts nowhere, as when the course is completed.
    """
    return CourseFacts(
        title=course.title,
        provider_name=provider,
        minutes=course.minutes,
        format=course.format,
        topics=dict(course.topics),
        approvals=tuple(
            ToldApproval(one.approver, one.number, one.starts_on, one.last_day)
            for one in covering(course.bodies, held)
            if not one.is_sample
        ),
        price_cents=0,
        course_key=key_of(course.slug),
    )


def offered(facts: CourseFacts, number: int) -> Choice:
    """An offer that is compared once and not kept. Raises Refusal where it has no price."""
    if facts.price_cents is None:
        raise Refusal(f"offer {number}, key price_cents: missing. Give the price in cents, 0 where it is free.")
    return Choice(OFFER, facts.catalog_key or str(number), facts)


def offer_of(choice: Choice) -> Offer:
    """A course as the planner takes it; hours of 60 minutes."""
    facts = choice.facts
    return Offer(
        id=choice.id,
        title=facts.title,
        hours=Decimal(facts.minutes) / 60,
        topics=topics_of(facts.topics),
        format=facts.format,
        approvals=tuple(Approval(told.body, told.starts, told.until) for told in facts.approvals),
        price_cents=facts.price_cents or 0,
        minutes=facts.takes_minutes or facts.minutes,
        starts=facts.starts_on,
        ends=facts.ends_on or facts.starts_on,
        course=facts.course_key or None,
    )


def credit_of(facts: CourseFacts, key: str, on: date) -> Credit:
    """The credit that a course would bring on a day: with the approvals that hold then."""
    return Credit(
        id=key,
        title=facts.title,
        date=on,
        hours=Decimal(facts.minutes) / 60,
        format=facts.format,
        topics=topics_of(facts.topics),
        approvals=holding(facts.approvals, on),
        course=facts.course_key or None,
    )


def holding(approvals: Sequence[ToldApproval], on: date) -> tuple[str, ...]:
    """The bodies whose approval holds on a day."""
    return tuple(a.body for a in approvals if (a.starts is None or a.starts <= on) and (a.until is None or on <= a.until))
