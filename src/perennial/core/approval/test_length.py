"""How long a course takes: the worked example, the clamp, and what must hold for every course."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.approval import computed_length, minutes_by_mergener, minutes_from_words
from perennial.core.courses.builders import make_course

WORDS = st.integers(0, 200_000)
QUESTIONS = st.integers(0, 200)
DIFFICULTIES = st.decimals(min_value=1, max_value=5, places=1)


def test_six_thousand_words_are_one_hour() -> None:
    assert minutes_from_words(6000).amount == 60


@pytest.mark.parametrize(
    ("words", "questions", "difficulty", "minutes"),
    [
        (3774, 16, "2.5", "61.9"),  # the worked example of a nursing body's sheet
        (12_000, 10, "3", "69.4"),
        (0, 0, "1", "0.0"),  # the bare formula gives -6.1
    ],
)
def test_the_mergener_formula_agrees_with_worked_examples(words: int, questions: int, difficulty: str, minutes: str) -> None:
    assert f"{minutes_by_mergener(words, questions, Decimal(difficulty)).amount:.1f}" == minutes


@given(WORDS, WORDS, QUESTIONS, DIFFICULTIES)
def test_more_words_never_take_less_time(first: int, second: int, questions: int, difficulty: Decimal) -> None:
    fewer, more = sorted((first, second))
    assert minutes_from_words(fewer) <= minutes_from_words(more)
    assert minutes_by_mergener(fewer, questions, difficulty) <= minutes_by_mergener(more, questions, difficulty)


@given(WORDS, QUESTIONS, DIFFICULTIES)
def test_no_course_takes_less_than_no_time(words: int, questions: int, difficulty: Decimal) -> None:
    assert minutes_by_mergener(words, questions, difficulty).amount >= 0


def test_a_course_without_difficulty_is_shown_at_the_middle_and_says_so(tmp_path: Path) -> None:
    length = computed_length(make_course(tmp_path))
    assert (length.words, length.questions, length.difficulty, length.difficulty_is_stated) == (6000, 1, Decimal(3), False)
    assert length.by("words_6000") == length.by_words
    assert length.by("mergener") == length.by_mergener
