"""Differences between two days: what is added, removed and changed."""

import itertools
from datetime import date, timedelta

from perennial.core.rules import Rule, load
from perennial.core.rules.diff import changes_between, next_changes, turning_days

BASE = load()


def rule(state: str, profession: str) -> Rule:
    found = BASE.rule(state, profession)
    assert found is not None
    return found


def test_a_figure_that_begins_between_the_days_is_added_with_its_source() -> None:
    changes = changes_between(rule("CA", "psychologist"), date(2022, 12, 31), date(2023, 1, 1))
    assert [(c.place[1], c.how) for c in changes] == [("law_ethics", "added"), ("cultural_competence", "added")]
    assert all(c.after is not None and c.after.source is not None for c in changes)


def test_the_other_way_about_what_was_added_is_removed() -> None:
    changes = changes_between(rule("CA", "psychologist"), date(2023, 1, 1), date(2022, 12, 31))
    assert {c.how for c in changes} == {"removed"}


def test_the_same_day_differs_in_nothing() -> None:
    for each in BASE.rules.values():
        assert changes_between(each, date(2026, 11, 25), date(2026, 11, 25)) == ()


def test_no_rule_moves_between_two_neighboring_turning_days() -> None:
    for each in BASE.rules.values():
        days = [date(2000, 1, 1), *(d for d in turning_days(each) if d > date(2000, 1, 1)), date(2040, 1, 1)]
        for first, second in itertools.pairwise(days):
            assert changes_between(each, first, second - timedelta(days=1)) == (), (each.jurisdiction, each.profession, first)


def test_a_rule_judged_by_the_period_s_start_turns_a_period_later() -> None:
    ny = rule("NY", "clinical_social_worker")
    (day, changes), *_ = next_changes(ny, date(2024, 1, 1), date(2030, 1, 1))
    assert (day, changes[0].place[1]) == (date(2026, 3, 31), "boundaries")


def test_changes_ahead_are_told_by_their_day() -> None:
    ahead = next_changes(rule("CA", "psychologist"), date(2022, 6, 1), date(2024, 1, 1))
    assert [day for day, _ in ahead] == [date(2023, 1, 1)]
