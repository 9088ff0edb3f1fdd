"""CSV as spreadsheets write it: columns by name, Excel's quoting, several delimiters."""

from decimal import Decimal

import pytest

from perennial.core.courses import Pair
from perennial.core.questions.builders import read, said

TABLE = (
    "\ufeffKind;Question;Option A;Option B;Option C;Correct answer;Feedback A;Explanation;Objective;Owner\r\n"
    'mc;"Which; one ""now""?\r\nreally";Rest;Talk;;b;Too soon;;o1;Kim\r\n'
    ";Both?;One;Two;Three;1;;;;\r\n"
    ";Several?;One;Two;Three;A, C;;;;\r\n"
    "true/false;Naps help.;;;;FALSE;;;;\r\n"
    ";How many?;;;;2,5;;;;\r\n"
    "matching;Match.;a -> x;b => y;;;;;;\r\n"
    "ordering;Order.;first;second;;;;;;\r\n"
    "essay;Say why.;;;;;;Two aims.;;\r\n"
)


def test_rows_become_the_kind_that_their_cells_show() -> None:
    taken = read(TABLE, "q.csv")
    assert [item.kind for item in taken.items] == [
        "single", "single", "multiple", "true_false", "numeric", "matching", "ordering", "reflection",
    ]  # fmt: skip
    first, both, several, truth, number, matching, ordering, _ = taken.items
    assert first.stem == 'Which; one "now"?\nreally'
    assert (first.objective, [option.rationale for option in first.options]) == ("o1", ["Too soon", ""])
    assert [option.correct for option in both.options] == [True, False, False]
    assert [option.correct for option in several.options] == [True, False, True]
    assert [option.correct for option in truth.options] == [False, True]
    assert number.numeric is not None
    assert number.numeric.value == Decimal("2.5")
    assert matching.pairs == (Pair("a", "x"), Pair("b", "y"))
    assert ordering.steps == ("first", "second")
    assert said(taken) == ["q.csv, line 1: has columns that have no place here: Owner"]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("puzzle,Q,a,b,1", "'puzzle' is no kind of question"),
        ("single,Q,a,b,3", "'3' names none of its options"),
        ("single,,a,b,1", "has no question"),
        ("numeric,Q,,,many", "'many' is not a number"),
        ("matching,Q,a,b,", "'a' is no pair"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_line(row: str, what: str) -> None:
    taken = read(f"kind,question,option 1,option 2,correct\nsingle,Fine,a,b,a\n{row}\n", "q.csv")
    assert len(taken.items) == 1
    assert said(taken) == [f"line 3: {what}"]


def test_a_table_without_a_column_for_the_question_is_refused() -> None:
    assert said(read("a,b\n1,2\n", "q.csv")) == ["q.csv, line 1: has no column 'question' among 'a', 'b'"]


def test_a_quote_that_is_never_closed_swallows_no_rows_unsaid() -> None:
    taken = read('question,option 1,option 2,correct\nOne?,a,b,1\n"Two?,a,b,1\nThree?,a,b,1\n', "q.csv", "csv")
    assert (taken.items, said(taken)) == (
        (),
        ["q.csv, line 3: opens a quote that is never closed, so that all rows after it would be one cell"],
    )
    assert len(read('question,option 1,option 2,correct\n"Two\nlines, ""quoted""?",a,b,1\n5" wide?,a,b,1', "q.csv", "csv").items) == 2


def test_a_key_that_could_name_two_options_is_told() -> None:
    head = "question,option 1,option 2,option 3,correct\n"
    twice = read(f"{head}Two?,2,1,4,2\n", "q.csv", "csv")
    assert [option.text for option in twice.items[0].options if option.correct] == ["2"]
    assert said(twice) == ["line 2: '2' is the words of one option and the place of another; it was taken by its words"]
    assert said(read(f"{head}One?,1,2,3,1\nThree?,a,b,c,3\n", "q.csv", "csv")) == []
