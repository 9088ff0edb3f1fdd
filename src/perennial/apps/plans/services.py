"""What a person can do with outside courses and plans: keep, change, remove, bring back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.facts import HOUR_LENGTHS, CourseFacts
from perennial.apps.plans.models import MOST_CENTS, MOST_MINUTES, KeptPlan, OutsideCourse
from perennial.core.values import Refusal, written

MOST_COURSES = 2000
MOST_APPROVALS, MOST_TOPICS = 40, 40
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
MOST_PLANS = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a catalog's courses: how many are new, changed, and as they were."""

    new: int
    changed: int
    same: int


@transaction.atomic
def keep_course(*, person: Person, facts: CourseFacts, at: datetime) -> OutsideCourse:
    """Keep a course found elsewhere; the same facts again give the same course. Raises Refusal for facts that cannot be."""
    row = _row(facts)
    there = _same(person, row)
    if there is not None:
        return there
    _room(person, 1)
    try:
        with transaction.atomic():
            return OutsideCourse.objects.create(owner=person, created_at=at, changed_at=at, **row)
    except IntegrityError:
        raise Refusal("A course of this name in your catalog is kept already. Change that one instead.") from None


@transaction.atomic
def change_course(*, course: OutsideCourse, facts: CourseFacts, at: datetime) -> OutsideCourse:
    """Put these facts in the place of the old ones; its name in a catalog stays."""
    row = {**_row(facts), "catalog_key": course.catalog_key}
    if all(getattr(course, name) == value for name, value in row.items()):
        return course
    for name, value in row.items():
        setattr(course, name, value)
    course.changed_at = at
    course.save()
    return course


@transaction.atomic
def remove_course(*, course: OutsideCourse, at: datetime) -> None:
    """Take a course off the list; safe to repeat, and it can be brought back."""
    OutsideCourse.objects.filter(pk=course.pk, removed_at=None).update(removed_at=at)


@transaction.atomic
def restore_course(*, course: OutsideCourse) -> OutsideCourse:
    """Bring a removed course back; safe to repeat."""
    taken = OutsideCourse.objects.filter(owner=course.owner, catalog_key=course.catalog_key, removed_at=None).exclude(pk=course.pk)
    if course.catalog_key and taken.exists():
        raise Refusal("Your list holds a newer course of the same name from that catalog. Remove it first, then bring this one back.")
    _room(course.owner, 1)
    OutsideCourse.objects.filter(pk=course.pk).update(removed_at=None)
    course.removed_at = None
    return course


@transaction.atomic
def keep_catalog(*, person: Person, courses: Iterable[CourseFacts], at: datetime) -> Taken:
    """Keep a catalog's courses in one go: new ones are added, known ones changed where they differ; all or none."""
    rows = [_row(facts) for facts in courses]
    mine = OutsideCourse.objects.select_for_update().filter(owner=person, removed_at=None)
    known = {course.catalog_key or _mark(_kept(course)): course for course in mine}
    fresh: list[OutsideCourse] = []
    changed: list[OutsideCourse] = []
    same = 0
    for row in rows:
        there = known.get(row["catalog_key"] or _mark(row))
        if there is None:
            fresh.append(OutsideCourse(owner=person, created_at=at, changed_at=at, **row))
        elif _kept(there) == row:
            same += 1
        else:
            for name, value in row.items():
                setattr(there, name, value)
            there.changed_at = at
            changed.append(there)
    _room(person, len(fresh))
    OutsideCourse.objects.bulk_create(fresh)
    OutsideCourse.objects.bulk_update(changed, [*(rows[0] if rows else ()), "changed_at"])
    return Taken(len(fresh), len(changed), same)


@transaction.atomic
def keep_plan(*, person: Person, wishes: Mapping[str, Any], result: Mapping[str, Any], basis: Mapping[str, Any], at: datetime) -> KeptPlan:
    """Keep a plan; kept again unchanged it is the same plan."""
    last = KeptPlan.objects.filter(owner=person, put_away_at=None).first()
    if last is not None and (last.wishes, last.result, last.basis) == (wishes, result, basis):
        return last
    if KeptPlan.objects.filter(owner=person, put_away_at=None).count() >= MOST_PLANS:
        raise Refusal(f"You keep {MOST_PLANS} plans, the most there is room for. Put one away first.")
    return KeptPlan.objects.create(owner=person, made_at=at, wishes=wishes, result=result, basis=basis)


@transaction.atomic
def put_plan_away(*, plan: KeptPlan, at: datetime) -> None:
    """Take a kept plan off the list; safe to repeat, and it can be brought back."""
    KeptPlan.objects.filter(pk=plan.pk, put_away_at=None).update(put_away_at=at)


@transaction.atomic
def bring_plan_back(*, plan: KeptPlan) -> None:
    """Bring a plan back that was put away; safe to repeat."""
    KeptPlan.objects.filter(pk=plan.pk).update(put_away_at=None)


def _room(person: Person, more: int) -> None:
    if more and OutsideCourse.objects.filter(owner=person, removed_at=None).count() + more > MOST_COURSES:
        raise Refusal(f"There is room for {MOST_COURSES:,} outside courses. Remove some first.")


def _same(person: Person, row: Mapping[str, Any]) -> OutsideCourse | None:
    alike = OutsideCourse.objects.filter(owner=person, removed_at=None, title=row["title"], catalog_key=row["catalog_key"])
    return next((course for course in alike if _kept(course) == row), None)


def _kept(course: OutsideCourse) -> dict[str, Any]:
    return {name: getattr(course, name) for name in FIELDS}


def _mark(row: Mapping[str, Any]) -> str:
    """How a course without a name of its own is told from others in a catalog."""
    return f"\x00{row['title']}\x00{row['provider_name']}\x00{row['starts_on']}"


def _row(facts: CourseFacts) -> dict[str, Any]:
    """Facts as the table holds them; raises Refusal where they cannot be."""
    _possible(facts)
    return {
        "catalog_key": written(facts.catalog_key, "name in the catalog", 200),
        "title": written(facts.title, "title", 300, required=True),
        "provider_name": written(facts.provider_name, "provider", 200),
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on or facts.starts_on,
        "minutes": facts.minutes,
        "minutes_per_hour": facts.minutes_per_hour,
        "takes_minutes": facts.takes_minutes or facts.minutes,
        "format": written(facts.format, "format", 40, required=True),
        "topics": {written(slug, "topic", 80, required=True): inside for slug, inside in sorted(facts.topics.items()) if inside},
        "approvals": [approval.as_row() for approval in facts.approvals],
        "price_cents": facts.price_cents,
        "url": _address(facts.url),
        "course_key": written(facts.course_key, "course number", 200),
    }


FIELDS = (
    "catalog_key", "title", "provider_name", "starts_on", "ends_on", "minutes", "minutes_per_hour", "takes_minutes", "format", "topics",
    "approvals", "price_cents", "url", "course_key",
)  # fmt: skip


def _possible(facts: CourseFacts) -> None:
    for holds, says in (
        (0 < facts.minutes <= MOST_MINUTES, f"A course has more than 0 and at most {MOST_MINUTES // 60} hours. Look at its hours."),
        (facts.takes_minutes is None or 0 < facts.takes_minutes <= MOST_MINUTES, "Look at the time that the course takes."),
        (facts.minutes_per_hour in HOUR_LENGTHS, "An hour of credit has 60, 55 or 50 minutes. Choose one of them."),
        (all(0 < m <= facts.minutes for m in facts.topics.values() if m), "The hours of a topic are inside those of the course."),
        (facts.price_cents is None or 0 <= facts.price_cents <= MOST_CENTS, "A price is 0 or more, and at most $100,000."),
        (facts.ends_on is None or facts.starts_on is not None, "A course with a last day has a first day. Enter it."),
        (not (facts.starts_on and facts.ends_on) or facts.starts_on <= facts.ends_on, "The last day lies before the first. Change one."),
        (len(facts.approvals) <= MOST_APPROVALS, f"A course names {MOST_APPROVALS} approvals at most."),
        (len(facts.topics) <= MOST_TOPICS, f"A course names {MOST_TOPICS} topics at most."),
        (all(_in_order(a.starts, a.until) for a in facts.approvals), "An approval ends before it begins. Look at its dates."),
        (all(EARLIEST <= day <= LATEST for day in (facts.starts_on, facts.ends_on) if day), "Look at the year of the course's day."),
    ):
        if not holds:
            raise Refusal(says)


def _in_order(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


def _address(url: str) -> str:
    """A web address that a page may link to. Raises Refusal for anything else."""
    text = written(url, "address", 500)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fits = False
    if not fits or any(character.isspace() for character in text):
        raise Refusal("The address is not one of a web page. It begins with https:// or http://.")
    return text
