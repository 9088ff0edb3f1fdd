"""A provider's year as a paper and as a table: courses, learners, what they said, what was changed. No Django."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perennial.apps.courses.queries import CourseYear
from perennial.apps.desk.application import safe_cell
from perennial.apps.desk.paper.document import Block, Document, Heading, Points, Rows, Words
from perennial.core.approval import HeldApproval, Provider, bodies
from perennial.core.values.words import counted, day_in_words

TO_FILL = "To be filled in: number, what they were about, what was done.\n\n\n"
MOST_COMMENTS = 1000  # on paper, shared among the courses


@dataclass(frozen=True, slots=True)
class Year:
    """A provider in a calendar year, looked at on a day."""

    provider: Provider
    year: int
    day: date
    courses: Sequence[CourseYear]

    @property
    def held(self) -> list[HeldApproval]:
        """The approvals that held on some day of the year."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return [each for each in self.provider.approvals if each.starts <= last and (each.ends is None or each.ends > first)]

    @property
    def changed(self) -> list[tuple[str, int, date]]:
        """The versions that were offered first in the year: title, version, day."""
        found = [(course.title, version, day) for course in self.courses for version, day in course.versions]
        return sorted(found, key=lambda each: (each[2], each[0], each[1]))

    @property
    def is_over(self) -> bool:
        """Whether the year has ended."""
        return self.day.year > self.year


def mean_of(course: CourseYear) -> float | None:
    """The mean of all answers on a scale that learners gave of a course; nothing without answers."""
    answers = sum(each.answers for each in course.means)
    return sum(each.mean * each.answers for each in course.means) / answers if answers else None


def hours(minutes: int) -> str:
    """Credit of a course in hours of 60 minutes, as people write them."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def report(year: Year) -> Document:
    """The whole report."""
    learners = sum(course.completed for course in year.courses)
    return Document(
        title=f"Annual report {year.year}",
        about=year.provider.name,
        day=year.day,
        facts=[
            ("Provider", year.provider.name),
            ("Address", year.provider.address or "Not entered."),
            ("Year", f"1 January to 31 December {year.year}" + ("" if year.is_over else ", not over yet")),
            ("Courses", str(len(year.courses))),
            ("Completed", str(learners)),
            ("Made on", day_in_words(year.day)),
        ],
        blocks=[*_approvals(year), *_courses(year), *_evaluations(year), *_changes(year), Heading("Complaints"), Words(TO_FILL)],
        foot=f"{year.provider.name}, {year.year}",
    )


def _approvals(year: Year) -> list[Block]:
    rows = [
        [
            bodies()[each.body].name,
            each.number or "none",
            day_in_words(each.starts),
            day_in_words(each.ends) if each.ends else "no end known",
        ]
        for each in year.held
    ]
    table: Block = Rows(["Body", "Number", "From", "Until before"], rows) if rows else Words("None on record for this year.")
    return [Heading("Approvals in the year"), table]


def _courses(year: Year) -> list[Block]:
    rows = [
        [each.title, hours(each.credit_minutes), str(each.begun), str(each.completed), str(each.evaluations), said(mean_of(each))]
        for each in year.courses
    ]
    if not rows:
        return [Heading("Courses"), Words("None was offered.")]
    head = ["Course", "CE hours", "Begun", "Completed", "Evaluations", "Mean of 5"]
    return [Heading("Courses"), Rows(head, rows, numbers=(1, 2, 3, 4, 5))]


def said(mean: float | None) -> str:
    """A mean to a tenth, or a dash where nobody answered."""
    return "-" if mean is None else f"{mean:.1f}"


def _evaluations(year: Year) -> list[Block]:
    found: list[Block] = [Heading("Evaluations"), Words("1 not at all, 2 a little, 3 partly, 4 mostly, 5 fully.", soft=True)]
    most = max(MOST_COMMENTS // max(len(year.courses), 1), 5)
    for course in year.courses:
        if not course.means:
            continue
        rows = [[each.question, str(each.answers), f"{each.mean:.1f}"] for each in course.means]
        found += [Heading(course.title, 3), Rows(["Question", "Answers", "Mean"], rows, numbers=(1, 2))]
        if course.minutes is not None:
            middle = counted(course.minutes, "minute")
            found.append(Words(f"Learners said that it took them {middle} (the middle one of what they said).", soft=True))
        if course.comments:
            those = f"In their words, {most} of {len(course.comments)}:" if len(course.comments) > most else "In their words:"
            found += [Words(those, soft=True), Points(course.comments[:most])]
    return found if len(found) > 2 else [Heading("Evaluations"), Words("None was given.")]


def _changes(year: Year) -> list[Block]:
    rows = [[title, str(version), day_in_words(day)] for title, version, day in year.changed]
    table: Block = (
        Rows(["Course", "Version", "Offered first on"], rows, numbers=(1,)) if rows else Words("No version was offered first in it.")
    )
    return [Heading("New and changed courses"), table]


def as_csv(year: Year) -> bytes:
    """A row for each course; no cell can be taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["course", "short_name", "ce_hours", "begun", "completed", "evaluations", "mean_of_5", "minutes_told", "new_versions"])
    for each in year.courses:
        mean, versions = mean_of(each), "; ".join(f"{version} on {day.isoformat()}" for version, day in each.versions)
        row = [safe_cell(each.title), each.slug, hours(each.credit_minutes), each.begun, each.completed, each.evaluations]
        writer.writerow([*row, "" if mean is None else f"{mean:.2f}", "" if each.minutes is None else each.minutes, versions])
    return out.getvalue().encode("utf-8-sig")
