"""Agreement against other programs, published figures, and cases where figures are not defined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.appraisal.agreement import SAME, ac1, agree, differences, kappa, share
from perennial.core.appraisal.form import Answer
from perennial.core.appraisal.quantiles import student

FIRST = ["yes", "yes", "partly", "no", "yes", "partly", "no", "not_reported", "yes", "partly", "no", "yes", "not_applicable", "partly"]
SECOND = ["yes", "partly", "partly", "no", "yes", "no", "no", "not_reported", "yes", "yes", "partly", "yes", "no", "not_reported"]


def rated(words: list[str]) -> dict[str, Answer]:
    return {f"i{place}": Answer(word) for place, word in enumerate(words)}


def test_all_figures_are_those_of_statsmodels_and_irrcac() -> None:
    # statsmodels 0.15.0: cohens_kappa(table), cohens_kappa(table of no, partly, yes, wt="linear");
    # irrCAC 0.4.4: CAC(frame, categories=[the five answers], digits=10).gwet()
    found = agree(rated(FIRST), rated(SECOND), list(rated(FIRST)))
    assert found.percent.value == pytest.approx(0.5714285714, abs=1e-10)
    figures = [
        (found.kappa, 0.42068965517241375, 0.1699293049312048, 0.08763433758932765, 0.7537449727554999),
        (found.weighted, 0.5925925925925926, 0.1735104663480885, 0.25251832760959, 0.9326668575755952),
        (found.ac1, 0.475, 0.1703656744, 0.1069473369, 0.8430526631),
    ]
    for figure, *wanted in figures:
        assert [figure.value, figure.se, figure.low, figure.high] == pytest.approx(wanted, abs=1e-9)
    assert (found.items, found.alike, found.weighted_items, found.one_alone) == (14, 8, 11, ["i12"])


def test_kappa_of_a_published_table() -> None:
    # The table of 20 yes-yes, 5 yes-no, 10 no-yes and 15 no-no that textbooks use: 0.7 seen, 0.5 by chance, kappa 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs, ["y", "n"]).value == pytest.approx(0.4)


def test_high_agreement_with_one_rare_answer_ruins_kappa_and_not_ac1() -> None:
    pairs = [("yes", "yes")] * 8 + [("yes", "no"), ("no", "yes")]
    low, high = kappa(pairs, ["no", "yes"]), ac1(pairs, list(Answer))
    assert low.value == pytest.approx(-1 / 9)
    # irrCAC 0.4.4, five categories
    assert [high.value, high.se, high.low, high.high] == pytest.approx([0.7905759162, 0.1454638488, 0.4615138288, 1], abs=1e-9)


def test_one_answer_to_everything_leaves_kappa_undefined_and_says_so() -> None:
    found = agree(rated(["yes"] * 11), rated(["yes"] * 11), list(rated(["yes"] * 11)))
    assert (found.kappa.value, found.kappa.why) == (None, SAME)
    assert (found.ac1.value, found.ac1.low) == (1.0, None)
    assert found.ac1.why
    assert found.percent.low == pytest.approx(0.7411, abs=1e-3)


def test_nothing_to_compare_is_said_and_not_computed() -> None:
    found = agree({}, {}, ["a"])
    assert all(one.value is None and one.why for one in (found.percent, found.kappa, found.weighted, found.ac1))
    alone = agree({"a": Answer.YES}, {"a": Answer.NO}, ["a"])
    assert alone.ac1.se is None
    assert "too few" in alone.ac1.why


def test_not_applicable_for_both_is_left_out_and_for_one_is_a_difference() -> None:
    first, second = rated(["not_applicable", "not_applicable", "yes"]), rated(["not_applicable", "no", "yes"])
    found = agree(first, second, list(first))
    assert (found.items, found.alike, found.left_out, found.one_alone) == (2, 1, ["i0"], ["i1"])
    assert found.weighted_items == 1
    assert [one.item for one in differences(first, second, list(first))] == ["i1"]


def test_the_interval_of_a_share_is_wilsons() -> None:
    found = share(42, 50)
    assert [found.low, found.high] == pytest.approx([0.7149, 0.9166], abs=1e-4)


@pytest.mark.parametrize(("df", "quantile"), [(1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (1000, 1.96)])
def test_students_quantiles_are_those_of_the_tables(df: int, quantile: float) -> None:
    assert student(df) == pytest.approx(quantile, abs=1e-4)


@given(st.lists(st.tuples(st.sampled_from(list(Answer)), st.sampled_from(list(Answer))), min_size=1, max_size=16))
def test_who_is_called_the_first_rater_changes_no_figure(pairs: list[tuple[Answer, Answer]]) -> None:
    first, second = ({f"i{place}": pair[which] for place, pair in enumerate(pairs)} for which in (0, 1))
    one, other = agree(first, second, list(first)), agree(second, first, list(first))
    for name in ("percent", "kappa", "weighted", "ac1"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert (mine.value is None) == (theirs.value is None)
        if mine.value is not None:
            assert mine.value == pytest.approx(theirs.value)
            assert -1 - 1e-9 <= mine.value <= 1 + 1e-9
            assert mine.low is None or mine.low <= mine.value + 1e-9 <= mine.high + 2e-9
        else:
            assert mine.why
