"""Agreement of several raters, against published figures and against that of two."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.appraisal.agreement import ac1
from perennial.core.appraisal.form import Answer
from perennial.core.appraisal.group import agree_all

# Ten subjects, fourteen raters, five categories: a much used worked example of Fleiss' kappa, with pairs alike 0.378 and kappa 0.210.
TABLE = ("0 0 0 0 14", "0 2 6 4 2", "0 0 3 5 6", "0 3 9 2 0", "2 2 8 1 1", "7 7 0 0 0", "3 2 6 3 0", "2 5 3 2 2", "6 5 2 1 0", "0 2 2 3 7")


def ratings_in(table: tuple[str, ...]) -> list[dict[str, Answer]]:
    """One row of answers for each rater, from how many gave each answer to each question."""
    rows = [[answer for answer, many in zip(Answer, map(int, line.split()), strict=True) for _ in range(many)] for line in table]
    return [{str(place): row[rater] for place, row in enumerate(rows)} for rater in range(len(rows[0]))]


def test_fleiss_kappa_of_the_worked_example() -> None:
    found = agree_all(ratings_in(TABLE), [str(place) for place in range(10)])
    assert (found.raters, found.items, found.alike, found.left_out) == (14, 9, 0, ["0"])
    lines = (*TABLE[1:], "14 0 0 0 0")  # the first row is “not applicable” here and left out, so its like stands under another answer
    moved = agree_all(ratings_in(tuple(" ".join(reversed(line.split())) for line in TABLE)), [str(place) for place in range(10)])
    assert moved.pairs.value == pytest.approx(0.378, abs=0.0005)
    assert moved.kappa.value == pytest.approx(0.210, abs=0.0005)
    assert agree_all(ratings_in(lines), [str(place) for place in range(10)]).alike == 1


# Four raters, 13 questions; Y yes, P partly, N no, R not reported, A not applicable. Figures by irrCAC 0.4.4: CAC(...).fleiss(), .gwet().
FOUR = ("RRRP", "ARRA", "RRRA", "PPPP", "RYNA", "RRRR", "PPPP", "YRYR", "RNRR", "NNPN", "PPPP", "YYPY", "YYYY")
LETTERS = {"Y": Answer.YES, "P": Answer.PARTLY, "N": Answer.NO, "R": Answer.NOT_REPORTED, "A": Answer.NOT_APPLICABLE}


def test_figures_and_errors_of_another_program() -> None:
    rows = [{str(place): LETTERS[line[rater]] for place, line in enumerate(FOUR)} for rater in range(4)]
    found = agree_all(rows, list(rows[0]))
    figures = [found.kappa.value, found.kappa.se, found.kappa.low, found.kappa.high, found.ac1.value, found.ac1.se]
    assert figures == pytest.approx([0.5008275405, 0.1163548126, 0.2473121821, 0.754342899, 0.5431341362, 0.1161323543], abs=1e-9)


answers = st.sampled_from(list(Answer)[:4])


@given(st.lists(st.tuples(answers, answers), min_size=2, max_size=20))
def test_two_raters_give_the_ac1_of_two(pairs: list[tuple[Answer, Answer]]) -> None:
    rows = [{str(place): pair[side] for place, pair in enumerate(pairs)} for side in (0, 1)]
    found, known = agree_all(rows, list(rows[0])).ac1, ac1(pairs, list(Answer))
    assert found.value == pytest.approx(known.value)
    assert (found.se is None) == (known.se is None)
    if found.se is not None and known.se is not None:
        assert math.isclose(found.se, known.se, abs_tol=1e-9)


def test_what_is_not_defined_is_said() -> None:
    same = [{"a": Answer.YES, "b": Answer.YES}] * 3
    found = agree_all(same, ["a", "b"])
    assert (found.kappa.value, found.ac1.value, found.ac1.low, found.alike) == (None, 1.0, None, 2)
    assert "not defined" in found.kappa.why
    assert agree_all(same, []).pairs.why
    assert agree_all(same, ["a"]).ac1.why
    with pytest.raises(ValueError, match="two raters"):
        agree_all(same[:1], ["a"])
