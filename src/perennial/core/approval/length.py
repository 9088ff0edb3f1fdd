"""How long a self-study course takes: by words, by the Mergener formula, by running time, and by readers' times in a pilot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

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

METHODS: Mapping[str, str] = {
    "words_6000": "6,000 words an hour",
    "mergener": "Mergener formula",
    "running_time": "running time",
    "pilot": "pilot",
}
"""The methods by their slug, as people read them."""

RUNNING = ("audio", "video")

# Where a course states no difficulty the formula is shown at the middle level, for comparison only.
MIDDLE_DIFFICULTY = Decimal(3)


@dataclass(frozen=True, slots=True)
class Computed:
    """The length of a course by every method, and what went in. `claimed` is the method of the course's claim.

    `running` is the time of audio and video; it is part of `by_words` and `by_mergener`, and all of the method `running_time`.
    `by_pilot` is the median of `pilots`, the minutes that readers took; there is none without readers.
    """

    words: int
    questions: int
    difficulty: Decimal
    difficulty_is_stated: bool
    running: Minutes
    pilots: tuple[Minutes, ...]
    by_words: Minutes
    by_mergener: Minutes
    by_pilot: Minutes
    claimed: str

    def by(self, method: str) -> Minutes:
        """The length by one of `METHODS`."""
        found = {"words_6000": self.by_words, "mergener": self.by_mergener, "running_time": self.running, "pilot": self.by_pilot}
        return found[method]

    @property
    def known(self) -> tuple[str, ...]:
        """The methods that say something of this course, and always the claimed one."""
        said = {"words_6000": True, "mergener": True, "running_time": bool(self.running.amount), "pilot": bool(self.pilots)}
        return tuple(method for method in METHODS if said[method] or method == self.claimed)


def minutes_from_words(words: int) -> Minutes:
    """Reading time at 6,000 words an hour (NBCC)."""
    return Minutes(Decimal(words) * MINUTES_PER_CLOCK_HOUR / WORDS_PER_HOUR)


def minutes_by_mergener(words: int, questions: int, difficulty: Decimal) -> Minutes:
    """Study time by the Mergener formula; `difficulty` is 1 (easy) to 5. Where the formula goes below 0 it is 0."""
    return _mergener(MERGENER_BASE, words, questions, difficulty)


def minutes_by_wrong_sign(words: int, questions: int, difficulty: Decimal) -> Minutes:
    """What the formula gives with the base added, as one sheet misprints it; only to recognize claims made with it."""
    return _mergener(-MERGENER_BASE, words, questions, difficulty)


def _mergener(base: Decimal, words: int, questions: int, difficulty: Decimal) -> Minutes:
    inner = base + MERGENER_WORD * words + MERGENER_QUESTION * questions + MERGENER_DIFFICULTY * difficulty
    return Minutes(max(Decimal(0), MERGENER_SHARE * inner))


def minutes_of_pilot(times: Sequence[Minutes]) -> Minutes:
    """The median of readers' times, so that one page left open overnight does not raise everybody's credit; 0 without readers."""
    return Minutes(Decimal(median(time.amount for time in times))) if times else Minutes(Decimal(0))


def computed_length(course: Course) -> Computed:
    """The length of a course by every method. Questions are those that an attempt asks, not the whole bank."""
    stated = course.credit.difficulty
    difficulty = MIDDLE_DIFFICULTY if stated is None else stated
    running = Minutes(course.running_minutes)
    pilots = tuple(Minutes(Decimal(minutes)) for minutes in course.credit.pilots)
    return Computed(
        words=course.words,
        questions=course.test.ask,
        difficulty=difficulty,
        difficulty_is_stated=stated is not None,
        running=running,
        pilots=pilots,
        by_words=minutes_from_words(course.words) + running,
        by_mergener=minutes_by_mergener(course.words, course.test.ask, difficulty) + running,
        by_pilot=minutes_of_pilot(pilots),
        claimed=course.credit.method,
    )
