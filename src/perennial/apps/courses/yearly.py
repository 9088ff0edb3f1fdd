"""What happened with courses in a year, for a provider's report: who came, who finished, what they said, what was changed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from statistics import mean, median
from typing import Any

from django.db.models import F
from django.utils import timezone

from perennial.apps.assessments.queries import evaluations_of
from perennial.apps.courses.models import Course, Enrolment
from perennial.apps.courses.opinions import STANDARD
from perennial.core import courses as core

Answers = Sequence[tuple[int, Mapping[str, Any]]]  # the course's key, and what one learner answered
VERSION = ("pk", "slug", "title", "version", "minutes", "loaded_at")
PARTS = {"objectives": F("data__objectives"), "evaluation": F("data__evaluation")}
COMMENT = "What should we keep, change or add?"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question on a scale of 1 to 5, how many answered it, and the mean of their answers."""

    question: str
    answers: int
    mean: float


@dataclass(frozen=True, slots=True)
class CourseYear:
    """A course in a year. `versions` are those offered first in it, with the day; `minutes` is the median of what learners said it took."""

    slug: str
    title: str
    credit_minutes: int
    versions: Sequence[tuple[int, date]]
    begun: int
    completed: int
    evaluations: int
    means: Sequence[Answered]
    comments: Sequence[str]
    minutes: int | None


def asked_in_evaluation(content: core.Course) -> list[tuple[str, str, str]]:
    """Every question that the evaluation asks about this course: key, text, and kind (scale or text)."""
    objectives = [(objective.id, objective.text) for objective in content.objectives]
    return _asked(objectives, [(question.id, question.text, question.kind) for question in content.evaluation])


def _asked(objectives: Iterable[tuple[str, str]], own: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [
        *((f"objective-{key}", text, "scale") for key, text in objectives),
        *((name, words, "scale") for name, words in STANDARD),
        *((f"own-{key}", text, kind) for key, text, kind in own),
        ("comment", COMMENT, "text"),
    ]


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of a course, without its text: of its content only objectives and own questions."""

    pk: int
    slug: str
    title: str
    version: int
    minutes: int
    loaded_at: datetime
    objectives: Sequence[Mapping[str, str]]
    evaluation: Sequence[Mapping[str, str]]

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """The questions of its evaluation."""
        own = [(each["id"], each["text"], each["kind"]) for each in self.evaluation]
        return _asked([(each["id"], each["text"]) for each in self.objectives], own)


def years_of(provider: str, year: int) -> list[CourseYear]:
    """The courses of the provider with this slug in a calendar year, by title; four queries, and one for each further thousand learners."""
    zone = timezone.get_current_timezone()
    starts, ends = (datetime.combine(date(each, 1, 1), time(), zone) for each in (year, year + 1))
    rows = Course.objects.filter(provider=provider).order_by("version", "pk").values(*VERSION, **PARTS)
    versions = [_Version(**row) for row in rows]
    began = Enrolment.objects.filter(slug__in={course.slug for course in versions}, started_at__gte=starts, started_at__lt=ends)
    begun = Counter(began.values_list("slug", flat=True))
    ended = Enrolment.objects.filter(slug__in={course.slug for course in versions}, completed_at__gte=starts, completed_at__lt=ends)
    finished: dict[str, list[tuple[int, str]]] = {}
    for pk, slug, course in ended.values_list("pk", "slug", "course_id"):
        finished.setdefault(slug, []).append((course, f"enrolment:{pk}"))
    said = evaluations_of(purpose for each in finished.values() for _, purpose in each)
    by_slug: dict[str, list[_Version]] = {}
    for version in versions:
        by_slug.setdefault(version.slug, []).append(version)
    return sorted(
        (
            _year(
                slug,
                courses,
                [each for each in courses if starts <= each.loaded_at < ends],
                (begun[slug], len(finished.get(slug, ()))),
                [(course, said[purpose]) for course, purpose in finished.get(slug, ()) if purpose in said],
            )
            for slug, courses in by_slug.items()
        ),
        key=lambda each: each.title,
    )


def _year(slug: str, courses: Sequence[_Version], new: Sequence[_Version], people: tuple[int, int], answers: Answers) -> CourseYear:
    """One course: its versions, those new in the year, how many began and finished, and what was answered."""
    newest = courses[-1]
    return CourseYear(
        slug=slug,
        title=newest.title,
        credit_minutes=newest.minutes,
        versions=[(each.version, timezone.localdate(each.loaded_at)) for each in new],
        begun=people[0],
        completed=people[1],
        evaluations=len(answers),
        means=_means({each.pk: each for each in courses}, answers),
        comments=[text for _, given in answers if (text := str(given.get("comment") or "").strip())],
        minutes=_taken(answers),
    )


def _taken(answers: Answers) -> int | None:
    told = [minutes for _, given in answers if isinstance(minutes := given.get("minutes"), int)]
    return round(median(told)) if told else None


def _means(courses: Mapping[int, _Version], answers: Answers) -> list[Answered]:
    """The mean of each question on a scale, by its words, so that versions which ask the same are counted together."""
    asked = {pk: courses[pk].asked for pk in {pk for pk, _ in answers}}
    given: dict[str, list[int]] = {}
    for pk, said in answers:
        for key, text, kind in asked[pk]:
            value = str(said.get(key, ""))
            if kind == "scale" and value.isdigit():
                given.setdefault(text, []).append(int(value))
    return [Answered(text, len(values), round(mean(values), 2)) for text, values in given.items()]
