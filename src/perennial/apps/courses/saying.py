"""What learners said of a course when they evaluated it, question by question, without anybody's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from perennial.apps.assessments.queries import evaluations_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Course, Enrolment
from perennial.apps.courses.opinions import SCALE
from perennial.apps.courses.yearly import asked_in_evaluation

WIDTH = 100  # of a whole bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer's part of a bar: where it begins, how wide it is, how dark."""

    words: str
    count: int
    x: float
    width: float
    shade: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a scale of five, and how often each answer was given, the first first. `group` is objective, course or own."""

    text: str
    group: str
    counts: Sequence[int]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def mean(self) -> float:
        """The mean of the answers, 1 to 5."""
        return sum(place * count for place, count in enumerate(self.counts, 1)) / self.answers

    @property
    def bars(self) -> list[Bar]:
        """The answers as parts of one bar."""
        scale = WIDTH / self.answers
        starts = [sum(self.counts[:place]) * scale for place in range(len(self.counts))]
        return [
            Bar(SCALE[place][1], count, round(starts[place], 2), round(count * scale, 2), round(0.15 + 0.2 * place, 2))
            for place, count in enumerate(self.counts)
            if count
        ]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in a period: how many evaluated, the questions, and the comments by question, in an order that tells nothing."""

    evaluations: int
    questions: Sequence[Asked]
    comments: Mapping[str, Sequence[str]]
    first_year: int | None


def said_of(slug: str, provider: str, year: int | None = None) -> Said:
    """What was said of this provider's course by those who completed it in this calendar year, or ever.

    Questions of all versions with the same words are counted together. Three queries, one more for each further thousand learners, and
    one for each version whose content is not in memory.
    """
    finished = list(_completed(slug, provider).values_list("pk", "course", "completed_at"))
    years = [timezone.localtime(at).year for _, _, at in finished]
    taken = [(f"enrolment:{pk}", course) for (pk, course, _), its in zip(finished, years, strict=True) if year in (None, its)]
    given = evaluations_of(purpose for purpose, _ in taken)
    asked = {
        course.pk: asked_in_evaluation(content_of(course)) for course in Course.objects.filter(slug=slug, provider=provider).defer("data")
    }
    counts: dict[tuple[str, str], Counter[int]] = {}
    comments: dict[str, list[str]] = {}
    for purpose, course in taken:
        for key, text, kind in asked[course] if purpose in given else ():
            _count(counts, comments, (_group(key), text), kind, str(given[purpose].get(key) or "").strip())
    questions = [Asked(text, group, [found[place] for place in range(1, len(SCALE) + 1)]) for (group, text), found in counts.items()]
    return Said(len(given), questions, {text: sorted(said) for text, said in comments.items()}, min(years, default=None))


def _completed(slug: str, provider: str) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(slug=slug, course__provider=provider, completed_at__isnull=False)


def _count(counts: dict[Any, Counter[int]], comments: dict[str, list[str]], question: tuple[str, str], kind: str, value: str) -> None:
    if kind == "scale" and value in dict(SCALE):
        counts.setdefault(question, Counter())[int(value)] += 1
    elif kind == "text" and value:
        comments.setdefault(question[1], []).append(value)


def _group(key: str) -> str:
    return "objective" if key.startswith("objective-") else "own" if key.startswith("own-") else "course"
