"""Words that are misspelled, begun, or other words for the same thing find what is meant; others find nothing."""

import pytest

from perennial.apps.courses.search import Index

TEXTS = {
    1: "Ethics of telehealth practice",
    2: "Suicide risk assessment and safety planning",
    3: "Cognitive behavioral therapy for insomnia",
    4: "Élan vital: burnout among supervisors",
    5: "Trauma-focused therapy",
}


def index() -> Index:
    made = Index()
    for number, text in TEXTS.items():
        made.keep(number, [(text, 6)])
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ethics", [1]),
        ("ETHICS telehealth", [1]),
        ("ehtics", [1]),
        ("telehaelth", [1]),
        ("suicde asessment", [2]),
        ("telehe", [1]),
        ("CBT", [3]),
        ("PTSD", [5]),
        ("posttraumatic stress disorder", [5]),
        ("video sessions", [1]),
        ("teletherapy", [1]),
        ("elan", [4]),
        ("the ethics of", [1]),
        ("therapy", [3, 5]),
        ("therapy insomnia", [3]),
        ("xylophone", []),
        ("ethics xylophone", []),
        ("", []),
        ("!?", []),
    ],
)
def test_what_is_asked_for_is_found(asked: str, found: list[int]) -> None:
    assert sorted(index().find(asked).scores) == found


def test_a_word_taken_for_another_is_told_and_ranks_below_the_word_itself() -> None:
    made = index()
    assert made.find("ehtics").instead == (("ehtics", "ethics"),)
    assert made.find("ethics").instead == ()
    assert made.find("ethics").scores[1] > made.find("ehtics").scores[1]


def test_a_document_that_is_dropped_is_not_found() -> None:
    made = index()
    made.drop(1)
    assert not made.find("telehealth").scores
    assert not made.find("ehtics").scores
