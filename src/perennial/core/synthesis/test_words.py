"""Plain words, and people out of 100."""

import pytest

from perennial.core.synthesis.direction import Direction
from perennial.core.synthesis.people import expected, from_g, from_log_rr, icons
from perennial.core.synthesis.pooling import pool
from perennial.core.synthesis.values import Choices, Effect, Interval
from perennial.core.synthesis.words import ALL_EQUAL, ONE_CLIENT, cannot_say, figure, how, in_people, left_out_words, says, span

FAVORS = Direction("therapy", "a positive number favors therapy (arm 1)", "")
CLEAR = pool([Effect(name, y, v) for name, y, v in (("A", 0.5, 0.02), ("B", 0.6, 0.03), ("C", 0.7, 0.05), ("D", 0.55, 0.04))])
TORN = pool([Effect(name, y, v) for name, y, v in (("A", -0.5, 0.02), ("B", 0.6, 0.03), ("C", 0.1, 0.05))])


def test_a_clear_effect_is_said_with_whom_it_favors() -> None:
    said = " ".join(says(CLEAR, "g", FAVORS))
    assert "Over 4 studies: Hedges' g is 0.57" in said
    assert "the studies favor therapy" in said
    turned = pool([Effect(one.study, -one.y, one.v) for one in CLEAR.effects])
    assert "the studies favor control" in " ".join(says(turned, "g", FAVORS))


def test_an_interval_over_0_tells_no_difference() -> None:
    said = " ".join(says(TORN, "g", FAVORS))
    assert "do not tell whether there is a difference" in said
    assert "in some places there may be no effect" in said


def test_what_it_cannot_say_is_always_said() -> None:
    one, equal = pool([Effect("A", 0.5, 0.1)]), pool([Effect(name, 0.5, v) for name, v in (("A", 0.1), ("B", 0.2), ("C", 0.3))])
    for found in (CLEAR, TORN, one, equal):
        assert cannot_say(found)[-1] == ONE_CLIENT
    assert "One study says nothing" in cannot_say(one)[0]
    assert ALL_EQUAL in cannot_say(equal)
    assert any("does not prove that there is none" in line for line in cannot_say(CLEAR))
    assert any("4 studies are few" in line for line in cannot_say(CLEAR))


def test_a_lopsided_funnel_is_told() -> None:
    rows = [Effect(f"S{n}", 0.2 + 1.5 * se + 0.02 * (-1) ** n, se * se) for n, se in enumerate(0.05 + 0.04 * step for step in range(14))]
    said = " ".join(cannot_say(pool(rows)))
    assert "Small studies give other effects" in said
    assert "may never have been published" in said


@pytest.mark.parametrize(("value", "said"), [(None, "not known"), (float("inf"), "no limit found"), (-0.001, "0.00"), (1.5, "1.50")])
def test_figures_are_said_as_people_write_them(value: float | None, said: str) -> None:
    assert figure(value) == said
    assert "\N{MINUS SIGN}0.50" in span(Interval(-0.5, 0.2))


def test_how_it_was_done_is_said() -> None:
    assert how(Choices()).endswith("with Knapp and Hartung's intervals; effects of one study joined at a correlation of 0.5.")
    assert "Knapp" not in how(Choices(method="FE"))
    assert "independent" in how(Choices(rho=None))
    assert left_out_words({"no effect": 2}) == "Left out: 2 rows (no effect)."


def test_number_to_treat_from_a_base_rate() -> None:
    # pnorm(qnorm(0.2) + 0.5) = 0.36632: one more for each 6.0 treated
    found = from_g(0.5, Interval(0.3, 0.7), 0.2)
    assert [found.therapy, found.nnt] == pytest.approx([0.366318, 6.0126], rel=1e-4)
    assert found.nnt_interval
    assert found.nnt_interval.low < 6.0126 < found.nnt_interval.high
    assert (found.icons.either, found.icons.only_therapy, found.icons.only_control, found.icons.neither) == (20, 17, 0, 63)
    said = " ".join(in_people(found))
    assert "If 20 of 100 are well without therapy, 37 of 100 would with it (29 to 44)." in said
    assert "bell" in said


def test_no_number_to_treat_where_no_difference_is_possible() -> None:
    found = from_g(0.1, Interval(-0.2, 0.4), 0.3)
    assert found.nnt_interval is None
    assert "no number needed to treat" in " ".join(in_people(found))


def test_risks_end_at_1_and_their_ratio_is_kept() -> None:
    found = from_log_rr(-0.6931, Interval(-1, -0.2), 0.1)
    assert [found.therapy, found.nnt] == pytest.approx([0.05, 20], rel=1e-3)
    assert "one fewer" in " ".join(in_people(found, "have a relapse"))
    assert from_log_rr(5, Interval(4, 6), 0.5).therapy == 1
    assert icons(0.3, 0.1).only_control == 20
    with pytest.raises(ValueError, match="between 0 and 1"):
        from_g(0.5, Interval(0, 1), 1.0)


def test_people_follow_the_direction_and_are_none_without_it() -> None:
    forth = expected(CLEAR, "g", FAVORS, 0.3)
    turned = pool([Effect(one.study, -one.y, one.v) for one in CLEAR.effects])
    back = expected(turned, "g", Direction("control", "", ""), 0.3)
    assert forth
    assert back
    assert forth.therapy == pytest.approx(back.therapy)
    assert forth.therapy > 0.3
    assert expected(CLEAR, "g", Direction(None, "not known", ""), 0.3) is None
    fewer = expected(turned, "log_rr", Direction("control", "", "", more_in="therapy"), 0.3)
    assert fewer
    assert fewer.therapy < 0.3
