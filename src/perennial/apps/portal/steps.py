"""The next step for a license: one sentence, and where it leads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perennial.apps.courses.shelf import Entry, Shelf
from perennial.apps.portal.drawn import address
from perennial.apps.portal.finding import Finding
from perennial.apps.standing.queries import LicenseStanding, judge, topics_of
from perennial.core.rules import Answer, Credit
from perennial.core.values.words import ce_hours, day_in_words, listed, plain_hours

MOST_TRIED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next: `to` is empty where no page of ours helps."""

    what: str
    to: str
    action: str


@dataclass(frozen=True, slots=True)
class Offers:
    """The courses that a person may take: all that are offered, without those completed."""

    shelf: Shelf
    done: frozenset[str]

    def some(self, topics: Collection[str] = ()) -> list[Entry]:
        """A few of them, with one of these topics where some are named."""
        return self.shelf.some(topics, but=self.done, most=MOST_TRIED)


NO_OFFERS = Offers(Shelf(), frozenset())


def next_step(standing: LicenseStanding, finding: Finding, courses: Offers, today: date) -> Step:
    """The one thing to do next for a license; a course is named only if the rule would count it."""
    pk = standing.license.pk
    edit = address("licenses:edit", pk)
    if finding.blocked:
        return Step(finding.needs[0], edit, "Enter it")
    if finding.ended:
        return Step("This period has ended. Once the board has renewed the license, enter its new last day.", edit, "Enter the new date")
    if not finding.answer.owed:
        return Step(f"Hours are next reported by {day_in_words(finding.answer.due)}.", "", "")
    if finding.questions and finding.answer.compliant is not False:
        first = finding.questions[0]
        return Step(f"Answer a question that your rule asks: {first.words}", first.address, "Answer it")
    if finding.answer.compliant:
        return _done(finding, pk)
    return _course(standing, finding, courses, today) or _earn(finding, pk)


def _done(finding: Finding, pk: int) -> Step:
    if finding.answer.certain:
        return Step(f"Renew by {day_in_words(finding.answer.due)}; nothing more is asked.", "", "")
    where = address("portal:requirement", pk)
    return Step("Ask the board about what is open, then renew.", f"{where}#open", "What is open")


def _earn(finding: Finding, pk: int) -> Step:
    to_complete = next((line for line in finding.unmet if line.left is None), None)
    topics = [line for line in finding.unmet if line.kind != "total" and line.left]
    total = finding.lines.total
    if total is not None and total.left:
        inside = f", {listed(f'{plain_hours(line.left)} of them in {line.name}' for line in topics if line.left)}" if topics else ""
        return Step(f"Earn {ce_hours(total.left)} more{inside}.", address("courses:catalog"), "Look for a course")
    if topics:
        asked = listed(f"{ce_hours(line.left)} in {line.name}" for line in topics if line.left)
        return Step(f"Earn {asked}.", address("courses:catalog"), "Look for a course")
    name = f"“{to_complete.name}”" if to_complete else "what is open"
    return Step(f"Complete {name} and record it.", f"{address('portal:requirement', pk)}#duties", "Record it")


def _course(standing: LicenseStanding, finding: Finding, courses: Offers, today: date) -> Step | None:
    wanted = frozenset[str]().union(*(_topics(finding, line.id) for line in finding.unmet if line.kind != "total" and line.left))
    fitting = courses.some(wanted) if wanted else []
    others = [c for c in courses.some() if c not in fitting] if finding.lines.total and finding.lines.total.left else []
    for course in (*fitting, *others)[:MOST_TRIED]:
        gains = _gains(finding.answer, _with(standing, course, today))
        if gains:
            price = "free, " if course.is_free else ""
            what = f"Take “{course.title}” ({price}{plain_hours(Decimal(course.minutes) / 60)} h): {listed(gains)}."
            return Step(what, address("courses:course", course.slug), "Open the course")
    return None


def _topics(finding: Finding, line: str) -> frozenset[str]:
    requirement = finding.rule.file.requirements.get(line)
    return frozenset(requirement.topics if requirement and requirement.topics else (line,))


def _with(standing: LicenseStanding, course: Entry, today: date) -> Answer:
    """The answer if this course were completed today."""
    credit = Credit(
        id="course",
        title=course.title,
        date=today,
        hours=Decimal(course.minutes) / 60,
        format=course.format,
        topics=topics_of(course.topics),
        course=course.slug,
    )
    return judge(standing, day=today, more=(credit,))


def _gains(before: Answer, after: Answer) -> list[str]:
    """What a credit adds, line by line, in words; topics first."""
    had = {line.requirement: line.counted for line in before.lines}
    found = []
    for line in sorted(after.lines, key=lambda line: line.kind == "total"):
        more = line.counted - had.get(line.requirement, Decimal(0))
        useful = line.kind != "limit" and line.requirement in before.missing and more > 0
        if useful:
            found.append(f"{plain_hours(more)} h of {line.name.lower() if line.kind == 'total' else line.name}")
    return found
