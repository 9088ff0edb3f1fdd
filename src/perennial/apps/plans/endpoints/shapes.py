"""The shapes of outside courses and plans in the API; a course is told as in a catalog for the planner."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Schema

from perennial.apps.plans.catalogs import course_in
from perennial.apps.plans.facts import CourseFacts, facts_of
from perennial.apps.plans.models import OutsideCourse
from perennial.apps.plans.outcome import Outcome
from perennial.apps.plans.wishes import Wishes
from perennial.apps.plans.words import vocabulary
from perennial.core.planner import MOST_ALTERNATIVES
from perennial.core.planner.catalogs import RowFault
from perennial.core.values import Refusal

Row = dict[str, Any]
MOST_OFFERS = 2000
MOST_SECONDS = 30


class PlanIn(Schema):
    """What a plan is asked for; everything may be left out. `offers` are compared beside the library and one's candidates."""

    minimize: Literal["cost", "hours", "time"] = "cost"
    budget_cents: int | None = Field(None, ge=0)
    minutes: int | None = Field(None, gt=0)
    by: date | None = None
    prefer_topics: list[str] = []
    prefer_formats: list[str] = []
    without: list[str] = []
    offers: list[Row] = Field([], max_length=MOST_OFFERS)
    time_limit: float = Field(10, gt=0, le=MOST_SECONDS)

    def wishes(self) -> Wishes:
        """The wishes as values."""
        return Wishes(
            minimize=self.minimize,
            budget_cents=self.budget_cents,
            minutes=self.minutes,
            by=self.by,
            topics=tuple(self.prefer_topics),
            formats=tuple(self.prefer_formats),
            without=tuple(sorted(set(self.without))),
        )


class CandidateOut(Schema):
    """A candidate as a catalog tells it, with its number."""

    pk: int
    id: str
    title: str
    provider: str
    hours: float
    minutes_per_hour: int
    topics: dict[str, float]
    format: str
    approvals: list[Row]
    price_cents: int | None
    minutes: int
    starts: date | None
    ends: date | None
    course: str
    url: str


def course_of_row(row: Mapping[str, Any], where: str = "course") -> CourseFacts:
    """A course from its row. Raises Refusal that names the key."""
    try:
        return course_in({name: value for name, value in row.items() if value is not None}, vocabulary())
    except RowFault as fault:
        raise Refusal(f"{where}, key {fault.column}: {fault.what}. {fault.mend}") from None


def out_of(course: OutsideCourse) -> CandidateOut:
    """A candidate as programs see it; its hours are in its own length of an hour."""
    facts, length = facts_of(course), course.minutes_per_hour
    return CandidateOut(
        pk=course.pk,
        id=facts.catalog_key,
        title=facts.title,
        provider=facts.provider_name,
        hours=hours_of(facts.minutes, length),
        minutes_per_hour=length,
        topics={slug: hours_of(minutes, length) for slug, minutes in facts.topics.items()},
        format=facts.format,
        approvals=[told.as_row() for told in facts.approvals],
        price_cents=facts.price_cents,
        minutes=course.takes_minutes,
        starts=facts.starts_on,
        ends=facts.ends_on,
        course=facts.course_key,
        url=facts.url,
    )


def plan_as_json(outcome: Outcome) -> Row:
    """A plan in the form that `perennial plan --json` promises, with titles and what each course serves."""
    return {
        "state": outcome.state,
        "chosen": [
            {
                "id": item.id,
                "title": item.title,
                "date": item.on,
                "price_cents": item.price_cents,
                "minutes": item.takes,
                "serves": [{"license": one.license, "lines": dict(one.lines), "counts": one.counts} for one in item.serves],
            }
            for item in outcome.items
        ],
        "cost_cents": outcome.cost_cents,
        "hours": hours_of(outcome.minutes, 60),
        "minutes": outcome.takes,
        "optimal": outcome.optimal,
        "bound": float(Decimal(outcome.bound)),
        "stopped": outcome.stopped,
        "gap_percent": float(outcome.gap) if outcome.gap else 0 if outcome.optimal else None,
        "alternatives_complete": outcome.all_ties and len(outcome.swaps) < MOST_ALTERNATIVES,
        "compared": outcome.compared,
        "alternatives": [
            {"adds": [key for key, _ in swap.taken], "drops": [key for key, _ in swap.dropped], "cost_cents": swap.cost_cents}
            for swap in outcome.swaps
        ],
        "alone": [
            {"license": one.license, "name": one.name, "feasible": one.feasible, "cost_cents": one.cost_cents, "minutes": one.takes}
            for one in outcome.alone
        ],
        "verdicts": [
            {
                "license": one.license,
                "name": one.name,
                "compliant": one.compliant,
                "certain": one.certain,
                "due": one.due,
                "counted_hours": float(one.counted),
                "missing": dict(one.missing),
                "unchecked": list(one.unchecked),
                "once_done": list(one.once),
            }
            for one in outcome.judged
        ],
        "not_planned": [{"license": one.license, "name": one.name, "why": one.why} for one in outcome.skipped],
        "infeasible": [{"license": one.name, "what": one.what, "mend": one.mend} for one in outcome.unmet],
        "remarks": list(outcome.remarks),
    }


def hours_of(minutes: int, length: int) -> float:
    """Minutes as hours of this length, to four places."""
    return float(round(Decimal(minutes) / length, 4))
