"""Aiken: what is in order is read, and each fault is named with its line."""

from perennial.core.questions.builders import read, said

GOOD = """What helps most?
A) Rest
b. Talk
C) Both <b>now</b>
ANSWER: c

Second line of
a question
A. One
B. Two
answer : A
"""


def test_questions_are_read_as_they_stand() -> None:
    taken = read(GOOD)
    assert (taken.format, said(taken)) == ("aiken", [])
    first, second = taken.items
    assert [(option.text, option.correct) for option in first.options] == [("Rest", False), ("Talk", False), ("Both <b>now</b>", True)]
    assert second.stem == "Second line of\na question"


def test_three_different_faults_are_each_named_with_their_line() -> None:
    taken = read(
        "First?\nA) One\nB) Two\nANSWER: D\n\n"
        "Second?\nA) One\nC) Two\nANSWER: A\n\n"
        "Third?\nA) One\nB) Two\n\n"
        "Fourth?\nA) One\nB) Two\nANSWER: B\n"
    )
    assert said(taken) == [
        "line 4: ANSWER: D is none of A to B",
        "line 8: answer C where B should be",
        "line 13: 'Third?' has no line ANSWER:",
    ]
    assert [item.stem for item in taken.items] == ["Fourth?"]


def test_other_faults_are_named_too() -> None:
    taken = read("One?\nA) a\nB) b\nANSWER: A and B\n\nTwo?\nA) a\nmore of a\nB) b\nANSWER: A\n\nThree?\nA) a\nANSWER: A\n\nANSWER: B\n")
    assert said(taken) == [
        "line 4: ANSWER: 'A and B' is not one letter",
        "line 8: 'more of a' stands among the answers without a letter",
        "line 12: 'Three?' has one answer to choose from",
        "line 16: there is an ANSWER without a question before it",
    ]
