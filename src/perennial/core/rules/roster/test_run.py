"""Rosters as they come: sorted or not, with bad rows, in files that cannot be used, broken off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from perennial.core.rules import RuleBase, load
from perennial.core.rules.roster.chunks import Chunk
from perennial.core.rules.roster.one_by_one import RESULT, judge_one_by_one
from perennial.core.rules.roster.reading import UnusableRoster
from perennial.core.rules.roster.run import Files, Judged, Question, Summary, Ways, evaluate_roster, judge_rows
from perennial.core.rules.roster.writing import Writer

TX, CA, NY = ("TX", "counselor"), ("CA", "clinical_social_worker"), ("NY", "counselor")
WHO = {"issued": date(2015, 5, 4), "birth_date": date(1980, 2, 3), "expires": date(2026, 6, 30), "renewal_number": 5, "number": "77"}
WHAT = {"date": date(2025, 3, 1), "hours": 3.0, "title": "A course", "format": "live_online", "approvals": ["APA"]}
PEOPLE_TYPES: dict[str, Any] = {"attributes": pl.List(pl.String), "done": pl.List(pl.Struct({"what": pl.String, "on": pl.Date}))}
TOPICS = pl.List(pl.Struct({"topic": pl.String, "hours": pl.Float64}))


@cache
def base() -> RuleBase:
    return load()


def plainly(question: Question, chunks: Iterator[Chunk]) -> Iterator[Judged]:
    """Each licensee by `evaluate`: nothing to compile."""
    for chunk in chunks:
        yield judge_rows(partial(judge_one_by_one, question.base), question, chunk.read())


@dataclass(frozen=True)
class Roster:
    """Two files in a folder, and what comes of them."""

    folder: Path

    @property
    def files(self) -> Files:
        return Files(*(self.folder / name for name in ("people.parquet", "credits.parquet", "out.parquet", "out.rejects.parquet")))

    def write(self, people: list[dict[str, Any]], credits: list[dict[str, Any]]) -> "Roster":
        pl.DataFrame([{"attributes": [], "done": [], **row} for row in people], schema_overrides=PEOPLE_TYPES).write_parquet(
            self.files.licensees
        )
        frame = pl.DataFrame(credits, schema_overrides={"topics": TOPICS}) if credits else pl.DataFrame([credit("x")])[:0]
        frame.write_parquet(self.files.credits)
        return self

    def run(self, at_once: int = 100_000) -> Summary:
        return evaluate_roster(base(), self.files, None, Ways(plainly, at_once))

    @property
    def answers(self) -> pl.DataFrame:
        return pl.read_parquet(self.files.out)

    @property
    def rejects(self) -> list[tuple[Any, ...]]:
        return pl.read_parquet(self.files.rejects).select("file", "row", "column", "reason").rows()

    def names(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    return Roster(tmp_path)


def person(who: str, license: tuple[str, str] = TX, **changes: Any) -> dict[str, Any]:
    return {"licensee_id": who, "jurisdiction": license[0], "profession": license[1], **WHO, **changes}


def credit(who: str, ident: str = "c1", **changes: Any) -> dict[str, Any]:
    return {"licensee_id": who, "credit_id": ident, **WHAT, "topics": [{"topic": "ethics", "hours": 1.0}], **changes}


def crowd(many: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    people = [person(f"p{n:04}", license) for n in range(many) for license in ((TX, CA) if n % 3 == 0 else (NY,))]
    return people, [credit(f"p{n:04}", f"c{k}", hours=float(1 + (n + k) % 4)) for n in range(many) for k in range(n % 7)]


def test_answers_are_those_of_evaluate_in_the_order_of_the_licensees(roster: Roster) -> None:
    people, credits = crowd(40)
    assert not roster.write(people, credits).run(at_once=7).set_aside
    assert roster.answers.schema == RESULT
    assert roster.answers.select("licensee_id", "jurisdiction").rows() == [(p["licensee_id"], p["jurisdiction"]) for p in people]


def test_a_roster_in_any_order_gives_the_same_as_a_sorted_one(roster: Roster) -> None:
    people, credits = crowd(60)
    assert roster.write(people, credits).run(at_once=9).sorted
    in_order = roster.answers
    mixed = sorted(people, key=lambda p: (p["licensee_id"][::-1], p["jurisdiction"]))
    assert not roster.write(mixed, credits[::-1]).run(at_once=9).sorted
    assert roster.answers.select("licensee_id").to_series().to_list() == [p["licensee_id"] for p in mixed]
    assert roster.answers.sort("licensee_id", "jurisdiction").equals(in_order.sort("licensee_id", "jurisdiction"))


def test_the_size_of_chunks_does_not_change_a_byte(roster: Roster) -> None:
    roster.write(*crowd(50)).run(at_once=4)
    small = roster.files.out.read_bytes()
    roster.run()
    assert roster.files.out.read_bytes() == small


def test_credits_count_for_each_license_of_a_person(roster: Roster) -> None:
    roster.write([person("a", TX), person("a", CA)], [credit("a", hours=4.0)]).run()
    assert roster.answers["counted_hours"].to_list() == [Decimal(4), Decimal(4)]


def test_each_bad_licensee_is_set_aside_with_row_column_and_reason(roster: Roster) -> None:
    people = [
        person("a", ("ZZ", "counselor")),
        person("b", ("TX", "astrologer")),
        person("c", expires=None),
        person("d", issued=date(2027, 1, 1)),
        person("e", renewal_number=0),
        person("f", expires=date(1776, 7, 4)),
        person("g", done=[{"what": None, "on": None}]),
        person("h"),
        person(""),
    ]
    summary = roster.write(people, []).run()
    assert roster.answers["licensee_id"].to_list() == ["h"]
    found = {row: (column, reason) for _, row, column, reason in roster.rejects}
    assert found == {
        1: ("jurisdiction", "unknown jurisdiction"),
        2: ("profession", "unknown profession"),
        3: ("expires", "missing"),
        4: ("issued", "issued after the license expires"),
        5: ("renewal_number", "not a count; 1 is the first renewal"),
        6: ("expires", "not a date that can be right"),
        7: ("done", "a duty without a name, or a day that cannot be read"),
        9: ("licensee_id", "missing"),
    }
    assert summary.set_aside.total() == 8


def test_a_license_that_stands_twice_is_set_aside_both_times_and_other_licenses_are_not(roster: Roster) -> None:
    roster.write([person("a"), person("a", NY), person("a"), person("b")], []).run(at_once=1)
    assert roster.answers.select("licensee_id", "jurisdiction").rows() == [("a", "NY"), ("b", "TX")]
    assert [row for _, row, _, _ in roster.rejects] == [1, 3]


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"licensee_id": "nobody"}, "licensee_id", "no such licensee"),
        ({"licensee_id": None}, "licensee_id", "missing"),
        ({"credit_id": None}, "credit_id", "missing"),
        ({"date": None}, "date", "missing"),
        ({"date": date(1066, 1, 1)}, "date", "not a date that can be right"),
        ({"hours": None}, "hours", "missing"),
        ({"hours": -1.0}, "hours", "hours lie between 0 and 1000"),
        ({"hours": float("nan")}, "hours", "hours lie between 0 and 1000"),
        ({"hours": float("inf")}, "hours", "hours lie between 0 and 1000"),
        ({"format": None}, "format", "missing"),
        ({"format": "telepathy"}, "format", "unknown format"),
        ({"topics": [{"topic": "astrology", "hours": 1.0}]}, "topics", "unknown topic"),
        ({"topics": [{"topic": "ethics", "hours": -1.0}]}, "topics", "hours in a topic that cannot be right"),
        ({"topics": [{"topic": "ethics", "hours": 4.0}]}, "topics", "more hours in a topic than in all"),
    ],
)
def test_each_bad_credit_is_set_aside_and_its_person_is_told(roster: Roster, changes: dict[str, Any], column: str, reason: str) -> None:
    people = [person("a"), person("b")]
    roster.write(people, [credit("a", "good"), credit("a", "bad") | changes, credit("b", "other")]).run()
    assert roster.rejects == [("credits.parquet", 2, column, reason)]
    told = ["1 of this person's credits could not be read; see the rejects file." in lines for lines in roster.answers["unchecked"]]
    assert told == [changes.keys() != {"licensee_id"}, False]
    assert not (told[0] and roster.answers["certain"][0])
    assert roster.answers["counted_hours"][0] == Decimal(3)


def test_hours_and_dates_of_any_plain_type_are_read(roster: Roster) -> None:
    roster.write([person("a")], [credit("a")]).run()
    expected = roster.answers
    frame = pl.read_parquet(roster.files.credits)
    decimal = pl.col("hours").cast(pl.Decimal(9, 2))
    for hours, day in ((decimal, pl.col("date").cast(pl.String)), (pl.col("hours").cast(pl.Int16), pl.col("date").cast(pl.Datetime("ms")))):
        frame.with_columns(hours, day).write_parquet(roster.files.credits)
        roster.run()
        assert roster.answers.equals(expected)


def test_a_text_that_is_no_date_is_a_bad_row(roster: Roster) -> None:
    roster.write([person("a", expires="2026-06-30", birth_date="1980-02-30")], []).run()
    assert roster.rejects == [("people.parquet", 1, "birth_date", "not a date that can be right")]


def test_whole_numbers_name_licensees_as_well(roster: Roster) -> None:
    roster.write([person("a"), person("b"), person("c")], [credit("b")])
    for path in (roster.files.licensees, roster.files.credits):
        numbered = pl.col("licensee_id").replace_strict({"a": 8, "b": 9, "c": 10}, return_dtype=pl.Int64)
        pl.read_parquet(path).with_columns(numbered).write_parquet(path)
    assert roster.run().sorted
    assert roster.answers.select("licensee_id", "counted_hours").rows()[1] == ("9", Decimal(3))


def cut_short(files: Files) -> None:
    files.credits.write_bytes(files.credits.read_bytes()[:-40])


def not_parquet(files: Files) -> None:
    files.licensees.write_text("licensee_id,jurisdiction\n")


def spoilt_inside(files: Files) -> None:
    held = bytearray(files.credits.read_bytes())
    held[4:120] = bytes(116)
    files.credits.write_bytes(bytes(held))


def without_hours(files: Files) -> None:
    pl.read_parquet(files.credits).drop("hours").write_parquet(files.credits)


def hours_as_text(files: Files) -> None:
    pl.read_parquet(files.credits).with_columns(pl.col("hours").cast(pl.String)).write_parquet(files.credits)


def topics_as_text(files: Files) -> None:
    pl.read_parquet(files.credits).with_columns(topics=pl.lit(["ethics"])).write_parquet(files.credits)


def absent(files: Files) -> None:
    files.licensees.unlink()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut_short, "credits.parquet: not a whole Parquet file"),
        (not_parquet, "people.parquet: not a whole Parquet file"),
        (spoilt_inside, "credits.parquet: not a whole Parquet file"),
        (without_hours, "credits.parquet: no column hours among the credits"),
        (hours_as_text, "credits.parquet, column hours: the type String cannot be read"),
        (topics_as_text, "credits.parquet, column topics: the type List(String) cannot be read"),
        (absent, "people.parquet: there is no such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_nothing_is_written(roster: Roster, spoil: Any, says: str) -> None:
    spoil(roster.write([person("a")], [credit("a", f"c{n}") for n in range(50)]).files)
    before = roster.names()
    with pytest.raises(UnusableRoster) as told:
        roster.run()
    assert says in str(told.value.problem)
    assert roster.names() == before


def test_an_evaluation_broken_off_leaves_nothing_and_keeps_what_was_there(roster: Roster) -> None:
    roster.write(*crowd(30)).files.out.write_text("of last year")
    before = roster.names()

    def broken_off(question: Question, chunks: Iterator[Chunk]) -> Iterator[Judged]:
        for number, judged in enumerate(plainly(question, chunks)):
            if number == 2:
                raise KeyboardInterrupt
            yield judged

    with pytest.raises(KeyboardInterrupt):
        evaluate_roster(base(), roster.files, None, Ways(broken_off, 5))
    assert roster.names() == before
    assert roster.files.out.read_text() == "of last year"


def test_answers_are_not_written_over_what_is_read(roster: Roster) -> None:
    files = roster.write([person("a")], [credit("a")]).files
    with pytest.raises(UnusableRoster, match="named twice"):
        evaluate_roster(base(), Files(files.licensees, files.credits, files.licensees, files.rejects))


def test_without_a_day_each_license_is_asked_about_on_its_last(roster: Roster) -> None:
    late = credit("a", date=date(2026, 6, 1))
    roster.write([person("a")], [late]).run()
    assert roster.answers["counted_hours"][0] == Decimal(3)
    evaluate_roster(base(), roster.files, date(2026, 5, 1), Ways(plainly))
    assert roster.answers["counted_hours"][0] == Decimal(0)


def test_no_licensees_at_all_give_an_empty_answer(roster: Roster) -> None:
    roster.write([person("a")], [])
    pl.read_parquet(roster.files.licensees)[:0].write_parquet(roster.files.licensees)
    assert roster.run().evaluated == 0
    assert roster.answers.schema == RESULT


def test_progress_is_told_and_ends_with_all(roster: Roster) -> None:
    told: list[tuple[int, int]] = []
    roster.write(*crowd(30))
    evaluate_roster(base(), roster.files, None, Ways(plainly, 6, lambda done, many: told.append((done, many))))
    assert told[-1] == (40, 40)
    assert len(told) > 4


@pytest.mark.parametrize("cuts", [[60_000], [66_000], [7_000 * n for n in range(1, 14)]])
def test_how_rows_come_to_be_written_does_not_change_a_byte(tmp_path: Path, cuts: list[int]) -> None:
    number = pl.int_range(0, 100_000, eager=True).alias("n")
    lines = [pl.format("Line {} of some length, as long as a sentence", pl.col("n") % divisor) for divisor in (7, 400, 5_000)]
    rows = pl.DataFrame(number).select("n", pl.concat_list(lines).alias("lines"))
    written = []
    for name, parts in (("whole", [rows]), ("cut", [rows[a:b] for a, b in pairwise([0, *cuts, len(rows)])])):
        with Writer(tmp_path / name, rows.schema) as writer:
            for part in parts:
                writer.write(part)
            writer.finish()
            writer.keep()
        written.append((tmp_path / name).read_bytes())
    assert pl.read_parquet(tmp_path / "cut").equals(rows)
    assert written[0] == written[1]
