"""How long a self-study course takes: by words, and by the Mergener formula."""

from dataclasses import dataclass
from decimal import Decimal

from perennial.core.approval.hours import Minutes
from perennial.core.courses import Course

# NBCC as its approved providers use it: 6,000 words are one clock hour.
WORDS_PER_HOUR = 6000
MINUTES_PER_CLOCK_HOUR = 60

# minutes = 0.9 x (-22.3 + 0.00209 words + 2.78 questions + 15.5 difficulty). One sheet in use prints +22.3,
# but its own example (3,774 words, 16 questions, difficulty 2.5: 61.9 minutes) holds only with the minus sign.
MERGENER_SHARE = Decimal("0.9")
MERGENER_BASE = Decimal("-22.3")
MERGENER_WORD = Decimal("0.00209")
MERGENER_QUESTION = Decimal("2.78")
MERGENER_DIFFICULTY = Decimal("15.5")

# Where a course states no difficulty the formula is shown at the middle level, for comparison only.
MIDDLE_DIFFICULTY = Decimal(3)


@dataclass(frozen=True, slots=True)
class Computed:
    """The length of a course by both methods, and what went in. `claimed` is the method of the course's claim."""

    words: int
    questions: int
    difficulty: Decimal
    difficulty_is_stated: bool
    by_words: Minutes
    by_mergener: Minutes
    claimed: str

    def by(self, method: str) -> Minutes:
        """The length by `words_6000` or `mergener`."""
        return {"words_6000": self.by_words, "mergener": self.by_mergener}[method]


def minutes_from_words(words: int) -> Minutes:
    """Reading time at 6,000 words an hour (NBCC)."""
    return Minutes(Decimal(words) * MINUTES_PER_CLOCK_HOUR / WORDS_PER_HOUR)


def minutes_by_mergener(words: int, questions: int, difficulty: Decimal) -> Minutes:
    """Study time by the Mergener formula; `difficulty` is 1 (easy) to 5. Where the formula goes below 0 it is 0."""
    inner = MERGENER_BASE + MERGENER_WORD * words + MERGENER_QUESTION * questions + MERGENER_DIFFICULTY * difficulty
    return Minutes(max(Decimal(0), MERGENER_SHARE * inner))


def computed_length(course: Course) -> Computed:
    """The length of a course by both methods. Questions are those that an attempt asks, not the whole bank."""
    stated = course.credit.difficulty
    difficulty = MIDDLE_DIFFICULTY if stated is None else stated
    return Computed(
        words=course.words,
        questions=course.test.ask,
        difficulty=difficulty,
        difficulty_is_stated=stated is not None,
        by_words=minutes_from_words(course.words),
        by_mergener=minutes_by_mergener(course.words, course.test.ask, difficulty),
        claimed=course.credit.method,
    )
