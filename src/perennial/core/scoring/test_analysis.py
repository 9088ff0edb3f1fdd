"""Item analysis against figures computed by hand, and its flags on made answers."""

import random
from itertools import product

import pytest

from perennial.core.scoring.analysis import Asked, Attempts, ItemAnalysis, Marked, analyse, cronbach_alpha, kr20, tail_weights

# Five people, four questions. By hand: p = .8 .6 .4 .2; sum pq = .16+.24+.24+.16 = .80; totals 4 3 2 1 0, variance 2.
# KR-20 = 4/3 (1 - .80/2) = .8. Question 2 against the rest (3 2 1 1 0 for right 1 1 1 0 0): by Pearson's formula
# n=5, sum x=3, sum y=7, sum xy=6, sum yy=15: (30-21)/sqrt((15-9)(75-49)) = 9/sqrt(156) = .72058.
SCALE = [[True] * right + [False] * (4 - right) for right in (4, 3, 2, 1, 0)]


def test_kr20_and_alpha_agree_with_the_figures_by_hand() -> None:
    assert kr20(SCALE) == pytest.approx(0.8)
    assert cronbach_alpha([{str(place): float(right) for place, right in enumerate(row)} for row in SCALE]) == pytest.approx(0.8)


def test_alpha_is_kr20_for_any_answers_of_right_and_wrong() -> None:
    chance = random.Random(4)
    for size in (5, 40):
        rows = [[chance.random() < 0.3 + 0.1 * place for place in range(6)] for _ in range(size)]
        alpha = cronbach_alpha([{str(place): float(right) for place, right in enumerate(row)} for row in rows])
        assert alpha == pytest.approx(kr20(rows))


def test_discrimination_and_index_agree_with_the_figures_by_hand() -> None:
    attempts = [{f"q{place}": Marked(right) for place, right in enumerate(row)} for row in SCALE]
    found = analyse([Asked("q1")], attempts).items[0]
    assert (found.attempts, found.difficulty) == (5, 0.6)
    assert found.discrimination == pytest.approx(0.72058, abs=1e-5)
    assert found.index == pytest.approx(1.0)  # 27 % of five is 1.35 people on either side: all right above, none below
    assert not found.enough
    assert found.flags == ()


def test_those_who_tie_at_the_border_share_its_place() -> None:
    assert tail_weights([1, 1, 0, 0]) == pytest.approx([0.54, 0.54, 0, 0])
    assert tail_weights([3, 2, 2, 2, 1, 1, 1, 1, 1, 1]) == pytest.approx([1, *[1.7 / 3] * 3, *[0] * 6])


def made(count: int) -> Attempts:
    """Answers to `odd` (key 0), chosen rightly by the weak and as option 1 by the strong; nobody chooses option 3."""
    attempts = []
    for number, (strong, _) in enumerate(product((True, False), range(count // 2))):
        others = {f"q{place}": Marked(right=strong or place == number % 5) for place in range(5)}
        attempts.append({**others, "odd": Marked(not strong, (1,) if strong else (0,)), "easy": Marked(right=True, chosen=(0,))})
    return attempts


def kinds(item: ItemAnalysis) -> set[str]:
    return {flag.kind for flag in item.flags}


def test_a_wrong_key_is_flagged_from_thirty_attempts_on_and_not_before() -> None:
    asked = [Asked("odd", 3, frozenset({0})), Asked("easy", 2, frozenset({0})), Asked("never")]
    odd, easy, never = analyse(asked, made(30)).items
    assert kinds(odd) == {"negative", "preferred", "unused"}
    assert [(use.share, use.share_of_top) for use in odd.options] == [(0.5, 0), (0.5, 1), (0, 0)]
    assert kinds(easy) == {"easy", "unused"}
    assert (never.attempts, never.difficulty, never.flags) == (0, None, ())
    few = analyse(asked, made(28))
    assert few.alpha is None
    assert not any(item.flags for item in few.items)


def test_different_draws_of_one_bank_still_give_an_alpha() -> None:
    rows = [{key: Marked(number % 3 > 0) for key in ("a", "b", "c", "d") if key != "abcd"[number % 4]} for number in range(60)]
    found = analyse([Asked(key) for key in "abcd"], rows)
    assert found.alpha == pytest.approx(1.0)
    assert [item.attempts for item in found.items] == [45, 45, 45, 45]
