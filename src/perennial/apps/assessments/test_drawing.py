"""Laws of drawing: unseen first, every objective its turn, the same seed the same paper."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from perennial.apps.assessments.drawing import draw, key_of, order_of_options

BANKS = st.lists(st.sampled_from(("o1", "o2", "o3")), min_size=1, max_size=24).map(
    lambda objectives: [(f"i{place}", objective) for place, objective in enumerate(objectives)]
)


@given(BANKS, st.integers(1, 30), st.integers(0, 2**31), st.data())
def test_a_retake_draws_unseen_questions_first(bank: list[tuple[str, str]], ask: int, seed: int, data: st.DataObject) -> None:
    seen = data.draw(st.dictionaries(st.sampled_from([item for item, _ in bank]), st.integers(1, 4)))
    drawn = draw(bank, seen, ask, seed)
    left = {item for item, _ in bank} - set(drawn)
    assert len(drawn) == len(set(drawn)) == min(ask, len(bank))
    assert all(seen.get(mine, 0) <= seen.get(other, 0) for mine in drawn for other in left)


@given(BANKS, st.integers(1, 30), st.integers(0, 2**31))
def test_a_first_paper_gives_every_objective_its_turn(bank: list[tuple[str, str]], ask: int, seed: int) -> None:
    objective_of, supply = dict(bank), Counter(objective for _, objective in bank)
    asked = Counter(objective_of[item] for item in draw(bank, {}, ask, seed))
    for objective, count in supply.items():
        assert asked[objective] == count or asked[objective] >= max(asked.values()) - 1


@given(st.integers(0, 2**31), st.integers(2, 8))
def test_options_keep_their_order_within_an_attempt_and_none_is_lost(seed: int, count: int) -> None:
    order = order_of_options(seed, "i1", "single", count)
    assert order == order_of_options(seed, "i1", "single", count)
    assert sorted(order) == list(range(count))


def test_true_stands_before_false_as_written() -> None:
    assert all(order_of_options(seed, "i1", "true_false", 2) == (0, 1) for seed in range(20))
    assert [key_of(place) for place in range(3)] == ["a", "b", "c"]
