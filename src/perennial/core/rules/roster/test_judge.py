"""A roster in columns says of everybody what `evaluate` says. PERENNIAL_ROSTER_EACH and _SEED widen the search."""

import os
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from perennial.core.rules.load import RuleBase, load
from perennial.core.rules.roster.judge import Roster
from perennial.core.rules.roster.one_by_one import RESULT, judge_one_by_one
from perennial.core.rules.roster.people import CREDITS, LICENSEES, random_roster

EACH = int(os.environ.get("PERENNIAL_ROSTER_EACH", "12"))
SEED = int(os.environ.get("PERENNIAL_ROSTER_SEED", "3"))
HARD = max(6, EACH // 2)
ON = date(2026, 11, 25)


@pytest.fixture(scope="module")
def base() -> RuleBase:
    return load()


def differing(got: pl.DataFrame, want: pl.DataFrame) -> list[tuple[str, dict[str, tuple[object, object]]]]:
    """Who got another answer than `evaluate` gives, and in what."""
    return [
        (given["licensee_id"], {name: (given[name], told[name]) for name in given if given[name] != told[name]})
        for given, told in zip(got.iter_rows(named=True), want.iter_rows(named=True), strict=True)
        if given != told
    ]


def test_random_people_of_every_rule_get_the_answers_of_evaluate(base: RuleBase) -> None:
    licensees, credits = random_roster(base, EACH, seed=SEED)
    roster = Roster(base)
    got = roster.judge(licensees, credits, on=ON)
    want = judge_one_by_one(base, licensees, credits, on=ON)
    assert differing(got, want) == []
    assert got.schema == RESULT
    assert set(got["compliant"]) >= {True, False}
    assert roster.by_evaluate < len(licensees) / 20


def test_hard_cases_of_every_rule_get_the_answers_of_evaluate(base: RuleBase) -> None:
    licensees, credits = random_roster(base, HARD, seed=SEED, hard=True)
    roster = Roster(base)
    got = roster.judge(licensees, credits, on=ON)
    assert differing(got, judge_one_by_one(base, licensees, credits, on=ON)) == []
    assert roster.by_evaluate < len(licensees) / 3


@pytest.mark.parametrize(("one", "other"), [(None, ""), ("Straße", "STRASSE"), ("Two Days", "two days"), ("k1", None)])
def test_conferences_are_the_same_by_course_or_by_title_without_case(base: RuleBase, one: str | None, other: str | None) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED)
    person = licensees.filter(jurisdiction="MS", profession="psychologist").with_columns(as_of="expires", issued=None, renewal_number=3)
    twice = pl.concat([credits[:1], credits[:1]]).with_columns(
        licensee_id=pl.lit(person["licensee_id"][0]),
        credit_id=pl.Series(["a", "b"]),
        title=pl.Series([one, other], dtype=pl.String),
        course_id=pl.Series([None, "k1" if one == "k1" else None], dtype=pl.String),
        date=pl.lit(person["expires"][0] - timedelta(days=40)),
        units=pl.lit(100_000),
        format=pl.lit("other_interprofessional_conference"),
        approvals=pl.lit(["APA"]),
    )
    got = Roster(base).judge(person, twice, on=ON)
    assert got["counted_hours"].to_list() == [Decimal(3)]
    assert differing(got, judge_one_by_one(base, person, twice, on=ON)) == []


def test_hours_between_the_due_day_and_a_later_license_serve_nothing(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED)
    due, issued = date(2023, 12, 31), date(2024, 5, 25)
    person = licensees.filter(jurisdiction="TN", profession="marriage_family_therapist").with_columns(
        issued=pl.lit(issued), expires=pl.lit(date(2024, 7, 31)), as_of=pl.lit(date(2024, 7, 31)), done=pl.lit([], dtype=LICENSEES["done"])
    )
    one = credits[:1].with_columns(
        licensee_id=pl.lit(person["licensee_id"][0]),
        date=pl.lit(issued - timedelta(days=1)),
        units=pl.lit(20_000),
        topics=pl.Series([[{"topic": "suicide_prevention", "units": 20_000}]], dtype=CREDITS["topics"]),
    )
    got = Roster(base).judge(person, one, on=ON)
    assert got["due"].to_list() == [due]
    assert differing(got, judge_one_by_one(base, person, one, on=ON)) == []


def test_rows_in_any_order_and_in_batches_get_the_same_answers(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED + 1)
    roster = Roster(base)
    want = roster.judge(licensees, credits, on=ON)
    mixed = roster.judge(licensees.reverse(), credits.sample(fraction=1.0, shuffle=True, seed=4), on=ON)
    assert mixed.reverse().drop("unchecked").equals(want.drop("unchecked"))
    halves = [roster.judge(licensees[start::2], credits, on=ON) for start in (0, 1)]
    key = ["licensee_id", "jurisdiction", "profession"]
    assert pl.concat(halves).sort(key).equals(want.sort(key))


def test_somebody_with_two_licenses_has_the_credits_of_both(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED + 2)
    two = licensees[:2].with_columns(licensee_id=pl.lit("one person"))
    theirs = credits.filter(pl.col("licensee_id") == licensees["licensee_id"][0]).with_columns(licensee_id=pl.lit("one person"))
    got = Roster(base).judge(two, theirs, on=ON)
    assert got.equals(judge_one_by_one(base, two, theirs, on=ON))


def test_nobody_gives_no_rows(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED)
    got = Roster(base).judge(licensees[:0], credits[:0], on=ON)
    assert got.schema == RESULT
    assert len(got) == 0
