"""A roster in columns says of everybody what `evaluate` says. PERENNIAL_ROSTER_EACH and _SEED widen the search."""

import os
import random
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from perennial.core.rules.load import RuleBase, load
from perennial.core.rules.roster.columns import topic_numbers
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


@pytest.mark.parametrize(("asked", "lacks"), [(date(2026, 5, 24), ["telehealth"]), (date(2026, 5, 25), [])])
def test_a_duty_is_done_from_its_day_on(base: RuleBase, asked: date, lacks: list[str]) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED)
    person = licensees.filter(jurisdiction="CA", profession="clinical_social_worker").with_columns(
        issued=pl.lit(date(2013, 6, 10)),
        expires=pl.lit(date(2026, 5, 31)),
        as_of=pl.lit(asked),
        renewal_number=pl.lit(7, dtype=LICENSEES["renewal_number"]),
        done=pl.Series(
            [[{"what": "telehealth", "on": date(2026, 5, 25)}, {"what": "suicide_prevention", "on": None}]], dtype=LICENSEES["done"]
        ),
    )
    got = Roster(base).judge(person, credits[:0], on=ON)
    assert [each["what"] for each in got["missing"][0] if each["what"] == "telehealth"] == lacks
    assert differing(got, judge_one_by_one(base, person, credits[:0], on=ON)) == []


def test_what_one_license_was_asked_does_not_stand_for_another_that_did_it_of_late(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED)
    model = licensees.filter(jurisdiction="WA", profession="counselor")[[0, 0, 0]]
    nothing = pl.lit([], dtype=LICENSEES["done"])
    people = model.with_columns(
        licensee_id=pl.Series(["due again", "of late", "first long done"]),
        issued=pl.Series([date(2015, 2, 6), date(2020, 7, 24), date(2020, 7, 24)]),
        expires=pl.Series([date(2027, 2, 28), date(2026, 7, 31), date(2026, 7, 31)]),
        renewal_number=pl.Series([6, 3, 3], dtype=LICENSEES["renewal_number"]),
        as_of=pl.lit(date(2027, 3, 1)),
        attributes=pl.lit([], dtype=LICENSEES["attributes"]),
        done=nothing,
    )
    ethics = credits[[0, 0, 0, 0]].with_columns(
        licensee_id=pl.Series(["due again", "of late", "first long done", "of late"]),
        credit_id=pl.Series(["a", "b", "c", "d"]),
        course_id=pl.lit(None, dtype=pl.String),
        date=pl.Series([date(2026, 2, 1)] * 3 + [date(2021, 1, 5)]),
        units=pl.lit(60_000),
        format=pl.lit("live_in_person"),
        topics=pl.Series(
            [[{"topic": topic, "units": 60_000}] for topic in ("ethics", "ethics", "ethics", "suicide_prevention")], dtype=CREDITS["topics"]
        ),
    )
    assert differing(Roster(base).judge(people, ethics, on=ON), judge_one_by_one(base, people, ethics, on=ON)) == []


@pytest.mark.parametrize("times", [0, 6, 30])
def test_people_with_no_credit_and_with_hundreds_get_the_answers_of_evaluate(base: RuleBase, times: int) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED + times, hard=True)
    days = random.Random(SEED)
    parts = []
    for n in range(times):
        moved = pl.duration(days=days.choice([0, days.randint(-400, 400)]))
        parts.append(credits.with_columns(credit_id=pl.format("{}-{}", "credit_id", pl.lit(n)), date=pl.col("date") + moved))
    many = pl.concat([credits[:0], *parts])
    got = Roster(base).judge(licensees, many, on=ON)
    assert differing(got, judge_one_by_one(base, licensees, many, on=ON)) == []


def test_whoever_has_more_credits_than_there_is_room_to_count_goes_to_evaluate(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED)
    rules = [r for r in base.rules.values() if any(limit.each in ("day", "year") for limit in r.file.limits.values())][:3]
    people = pl.concat([licensees.filter(jurisdiction=r.jurisdiction, profession=r.profession) for r in rules])
    theirs = credits.filter(pl.col("licensee_id").is_in(people["licensee_id"].implode()))
    many = pl.concat([theirs.with_columns(credit_id=pl.format("{}-{}", "credit_id", pl.lit(n))) for n in range(150)])
    roster = Roster(base)
    got = roster.judge(people, many, on=ON)
    assert roster.by_evaluate > 0
    assert differing(got, judge_one_by_one(base, people, many, on=ON)) == []


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


def test_more_topics_than_a_mask_holds_are_refused(base: RuleBase) -> None:
    vocabulary = next(iter(base.rules.values())).vocabulary
    topics = {f"{slug}_{n}": topic for slug, topic in vocabulary.topics.items() for n in range(2)}
    with pytest.raises(ValueError, match="masks of 63"):
        topic_numbers(vocabulary.model_copy(update={"topics": topics}))


def test_a_topic_named_twice_holds_the_hours_of_both(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 1, seed=SEED + 5, hard=True)
    twice = credits.with_columns(topics=pl.concat_list("topics", "topics"))
    assert differing(Roster(base).judge(licensees, twice, on=ON), judge_one_by_one(base, licensees, twice, on=ON)) == []


def test_what_is_due_once_in_three_renewals_is_looked_at_from_the_start_of_each_window(base: RuleBase) -> None:
    licensees, credits = random_roster(base, 40, seed=SEED + 6)
    people = licensees.filter(jurisdiction="IL").with_columns(
        expires=pl.lit(date(2026, 11, 30)), as_of=pl.lit(date(2026, 11, 30)), renewal_number=pl.lit(2, dtype=LICENSEES["renewal_number"])
    )
    theirs = credits.filter(pl.col("licensee_id").is_in(people["licensee_id"].implode()))
    assert differing(Roster(base).judge(people, theirs, on=ON), judge_one_by_one(base, people, theirs, on=ON)) == []
