"""What keeps a draft from being published: problems of its folder, and what the chosen bodies' clauses find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perennial.apps.desk.parts import MANY
from perennial.apps.desk.problems import Mend, mends, part_of_finding
from perennial.apps.desk.queries import Draft, DraftPart, Parts
from perennial.apps.desk.reading import Reading
from perennial.apps.desk.rendering import readable_course
from perennial.apps.providers.queries import as_value
from perennial.core import courses as core
from perennial.core.approval import Finding, bodies, check_course

HOUSE = "This site"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the part that mends it; none where the provider's papers do."""

    finding: Finding
    part: DraftPart | None


@dataclass(frozen=True, slots=True)
class BodyFindings:
    """What one body's clauses find; the first is this site's own demands, without a body."""

    slug: str
    name: str
    found: Sequence[Found]

    @property
    def blocks(self) -> int:
        """How many keep the course from being published."""
        return sum(one.finding.severity == "block" for one in self.found)


@dataclass(frozen=True, slots=True)
class Judged:
    """The whole judgement of a draft on a day."""

    reading: Reading
    problems: Sequence[Mend]
    bodies: Sequence[BodyFindings]
    without: Sequence[DraftPart] = ()
    """Questions, cases and sections that cannot be read: what the bodies' clauses find is said of the course without them."""

    @property
    def blocks(self) -> int:
        """How many things keep it from being published."""
        return len(self.problems) + sum(body.blocks for body in self.bodies)

    @property
    def may_be_published(self) -> bool:
        """Whether nothing keeps it from that."""
        return self.reading.in_order is not None and not self.blocks


def judge_house(reading: Reading, parts: Parts) -> list[Found]:
    """What this site itself asks of every course, and the draft does not meet; nothing while it cannot be read."""
    if reading.course is None:
        return []
    return _house(reading.course, parts)


def _house(course: core.Course, parts: Parts) -> list[Found]:
    return [Found(finding, part_of_finding(finding, parts)) for finding in check_course(course)]


def judge(draft: Draft, parts: Parts, reading: Reading, day: date) -> Judged:
    """Judge a draft by its reader, this site's own demands, and the clauses of the bodies chosen for it."""
    problems = mends(reading.problems, parts)
    course, without = reading.course, _unread(reading, problems)
    if course is None and all(part.kind in MANY for part in without):
        course = readable_course(draft.slug, parts, {part.key for part in without})
    if course is None:
        return Judged(reading, problems, ())
    known, provider = bodies(), as_value(draft.provider)
    judged = [BodyFindings("", HOUSE, _house(course, parts))]
    for slug in (slug for slug in draft.bodies if slug in known):
        findings = check_course(course, known[slug], provider, day)
        judged.append(BodyFindings(slug, known[slug].name, [Found(finding, part_of_finding(finding, parts)) for finding in findings]))
    return Judged(reading, problems, judged, without)


def _unread(reading: Reading, problems: Sequence[Mend]) -> list[DraftPart]:
    """The parts that keep the draft from being read as a course, each once; none where it can be read."""
    return [] if reading.course else list({mend.part.key: mend.part for mend in problems}.values())
