"""Check each row of a roster: what can be judged goes on in one plain form, what cannot is set aside with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from perennial.core.rules.load import PROFESSIONS, RuleBase
from perennial.core.rules.roster.reading import CREDITS, LICENSEES, ROW
from perennial.core.rules.scenario import FIRST_YEAR, LAST_YEAR, MOST_HOURS
from perennial.core.rules.selection import UNITS
from perennial.core.rules.vocabulary import OWN

REJECTS = pl.Schema(
    {
        "file": pl.String(),
        "row": pl.Int64(),
        "licensee_id": pl.String(),
        "column": pl.String(),
        "value": pl.String(),
        "reason": pl.String(),
    }
)
"""The columns of a rejects file: a row for each row that was set aside, with the first fault found in it."""
KEY = ("licensee_id", "jurisdiction", "profession")
MISSING = "missing"
NO_DAY = "not a date that can be right"
NO_COUNT = "not a count; 1 is the first renewal"
NOBODY = "no such licensee"
_DONE = pl.List(pl.Struct({"what": pl.String(), "on": pl.Date()}))
_TOPICS = pl.List(pl.Struct({"topic": pl.String(), "units": pl.Int64()}))
_FIRST_DAY, _LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_MOST_UNITS = int(MOST_HOURS) * UNITS


@dataclass(frozen=True, slots=True)
class Known:
    """The words that a roster may use."""

    topics: tuple[str, ...]
    formats: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    rules: tuple[str, ...]

    @classmethod
    def of(cls, base: RuleBase) -> "Known":
        """Those of a rule base."""
        words = base.vocabulary
        places = sorted({jurisdiction for jurisdiction, _ in base.rules})
        return cls(tuple(sorted(words.topics)), tuple(words.formats), tuple(places), tuple(f"{j}|{p}" for j, p in base.rules))


class Fault(NamedTuple):
    """A fault: the column in which it lies, the rows that have it, and why they are set aside."""

    column: str
    rows: pl.Expr
    reason: str


class Sorted(NamedTuple):
    """Rows in plain form, and those set aside."""

    good: pl.DataFrame
    rejects: pl.DataFrame


def check_licensees(read: pl.DataFrame, known: Known, file: str, on: date | None) -> Sorted:
    """Licensees in plain form; `as_of` is the row's own, else `on`, else the day of expiry. A license that stands twice is set aside."""
    raw = _complete(read, LICENSEES)
    days = ("expires", "issued", "birth_date", "last_application_received", "as_of")
    plain = raw.select(
        ROW,
        _text("licensee_id"),
        _text("jurisdiction").str.to_uppercase(),
        _text("profession"),
        *(_day(pl.col(name), raw.schema[name]).alias(name) for name in days),
        pl.col("renewal_number").cast(pl.Int32(), strict=False),
        _text("number"),
        _texts(raw["attributes"]),
        _done(raw.schema["done"]),
    )
    sorted_ = _apart(raw, plain, _of_licensees(days, known, raw.schema), file)
    asked = pl.coalesce("as_of", pl.lit(on, pl.Date()), "expires").alias("as_of")
    return Sorted(sorted_.good.with_columns(asked), sorted_.rejects)


def check_credits(read: pl.DataFrame, known: Known, file: str, people: pl.Series) -> Sorted:
    """Credits in plain form, hours as whole ten-thousandths; those of nobody among `people` are set aside too."""
    raw = _complete(read, CREDITS)
    plain = raw.select(
        ROW,
        *(_text(name) for name in ("licensee_id", "credit_id", "title")),
        _day(pl.col("date"), raw.schema["date"]),
        _units(pl.col("hours"), raw.schema["hours"]).alias("units"),
        _topics(raw.schema["topics"]),
        _text("format"),
        _texts(raw["approvals"]),
        *(_text(name) for name in ("category", "course_id")),
    )
    if _faultless(plain, known, people):
        return Sorted(plain, pl.DataFrame(schema=REJECTS))
    return _apart(raw, plain, _of_credits(known, people, raw.schema["date"]), file)


def _faultless(plain: pl.DataFrame, known: Known, people: pl.Series) -> bool:
    """Whether no credit has any fault, told of whole columns at once: most chunks are so, and each fault looked for costs as much."""
    needed = ("licensee_id", "credit_id", "date", "units", "format")
    if any(plain[name].null_count() for name in needed) or any(
        (plain[name] == "").any() for name in ("licensee_id", "credit_id", "format")
    ):
        return False
    forms = plain["format"].unique()
    days, units = plain["date"], plain["units"]
    return (
        bool(plain["licensee_id"].rle().struct.field("value").is_in(people.implode()).all())
        and all(form in known.formats or form.startswith(OWN) for form in forms)
        and bool(days.is_between(_FIRST_DAY, _LAST_DAY).all())
        and bool(units.is_between(0, _MOST_UNITS).all())
        and _faultless_topics(plain["topics"], units, known)
    )


def _faultless_topics(topics: pl.Series, units: pl.Series, known: Known) -> bool:
    """Whether every topic is known, with hours that can be right and are not more than those of its credit."""
    flat = topics.list.explode(empty_as_null=False, keep_nulls=False).struct.unnest()
    of_credit = np.repeat(units.to_numpy(), topics.list.len().fill_null(0).to_numpy())
    if flat["topic"].null_count() or flat["units"].null_count() or not set(flat["topic"].unique()) <= set(known.topics):
        return False
    inside = flat["units"].to_numpy()
    return bool(np.all((inside >= 0) & (inside <= of_credit)))


def _of_licensees(days: Sequence[str], known: Known, found: pl.Schema) -> list[Fault]:
    rule = pl.concat_str("jurisdiction", "profession", separator="|")
    number = pl.col("renewal_number")
    return [
        *(Fault(name, _nothing(name), MISSING) for name in KEY),
        Fault("jurisdiction", ~_among(pl.col("jurisdiction"), known.jurisdictions), "unknown jurisdiction"),
        Fault("profession", ~_among(pl.col("profession"), PROFESSIONS), "unknown profession"),
        Fault("profession", ~_among(rule, known.rules), "no rule for this profession in this jurisdiction"),
        Fault("expires", _given("expires", found["expires"]).not_(), MISSING),
        *(_unlikely(name, found[name]) for name in days),
        Fault("issued", pl.col("issued") > pl.col("expires"), "issued after the license expires"),
        Fault("renewal_number", _raw("renewal_number").is_not_null() & ~_yes((number >= 1) & (number == _raw("renewal_number"))), NO_COUNT),
        Fault("done", _done_fault(found["done"]), "a duty without a name, or a day that cannot be read"),
        Fault("licensee_id", pl.struct(KEY).is_duplicated(), "the same license stands in several rows"),
    ]


def _of_credits(known: Known, people: pl.Series, day: pl.DataType) -> list[Fault]:
    form, topics = pl.col("format"), pl.col("topics").list
    topic, units = pl.element().struct.field("topic"), pl.element().struct.field("units")
    return [
        Fault("licensee_id", _nothing("licensee_id"), MISSING),
        Fault("licensee_id", ~pl.col("licensee_id").is_in(people.implode()), NOBODY),
        Fault("credit_id", _nothing("credit_id"), MISSING),
        Fault("date", _given("date", day).not_(), MISSING),
        _unlikely("date", day),
        Fault("hours", _raw("hours").is_null(), MISSING),
        Fault("hours", ~_yes(pl.col("units").is_between(0, _MOST_UNITS)), f"hours lie between 0 and {MOST_HOURS}"),
        Fault("format", _nothing("format"), MISSING),
        Fault("format", ~(_among(form, known.formats) | form.str.starts_with(OWN)), "unknown format"),
        Fault("topics", topics.eval(~_among(topic, known.topics)).list.any(), "unknown topic"),
        Fault("topics", topics.eval(~_yes(units.is_between(0, _MOST_UNITS))).list.any(), "hours in a topic that cannot be right"),
        Fault("topics", topics.eval(units).list.max() > pl.col("units"), "more hours in a topic than in all"),
    ]


def _apart(raw: pl.DataFrame, plain: pl.DataFrame, faults: Sequence[Fault], file: str) -> Sorted:
    """Good rows, and the first fault of each other row. Faults speak of plain columns, and of `raw.` ones as they were read."""
    both = plain.hstack([raw[name].alias(f"raw.{name}") for name in raw.columns if name != ROW])
    each = [pl.when(fault.rows).then(pl.lit(number, pl.UInt8())) for number, fault in enumerate(faults)]
    numbers = both.select(pl.coalesce(each).alias("fault"))["fault"]
    if numbers.null_count() == len(numbers):
        return Sorted(plain, pl.DataFrame(schema=REJECTS))
    bad = numbers.is_not_null()
    rows = zip(raw.filter(bad).iter_rows(named=True), plain.filter(bad)["licensee_id"], numbers.filter(bad), strict=True)
    told = [(file, row[ROW], person, faults[n].column, _shown(row[faults[n].column]), faults[n].reason) for row, person, n in rows]
    return Sorted(plain.filter(~bad), pl.DataFrame(told, schema=REJECTS, orient="row"))


def _shown(value: object) -> str | None:
    return None if value is None else str(value)[:200]


def _complete(read: pl.DataFrame, wanted: Mapping[str, int]) -> pl.DataFrame:
    """The rows with every column that a roster may have, null where the file has none."""
    return read.with_columns(pl.lit(None).alias(name) for name in wanted if name not in read.columns)


def _raw(name: str) -> pl.Expr:
    return pl.col(f"raw.{name}")


def _given(name: str, found: pl.DataType) -> pl.Expr:
    """Whether something stands in a column, be it readable or not."""
    there = _raw(name).is_not_null()
    return there & (_raw(name).cast(pl.String()) != "") if isinstance(found, pl.String | pl.Categorical | pl.Enum) else there


def _nothing(name: str) -> pl.Expr:
    return _nothing_in(pl.col(name))


def _yes(what: pl.Expr) -> pl.Expr:
    """What is true, and not merely unknown."""
    return what.fill_null(value=False)


def _among(what: pl.Expr, words: Sequence[str]) -> pl.Expr:
    return what.cast(pl.Enum(words), strict=False).is_not_null()


def _unlikely(name: str, found: pl.DataType) -> Fault:
    return Fault(name, _given(name, found) & ~_yes(pl.col(name).is_between(_FIRST_DAY, _LAST_DAY)), NO_DAY)


def _text(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String())


def _texts(found: pl.Series) -> pl.Series:
    """Lists of texts, empty where there is none."""
    texts = found.cast(pl.List(pl.String()))
    if texts.list.eval(pl.element().is_null()).list.any().any():
        texts = texts.list.drop_nulls()
    return texts.fill_null([]) if texts.null_count() else texts


def _day(what: pl.Expr, found: pl.DataType) -> pl.Expr:
    if isinstance(found, pl.Date | pl.Datetime | pl.Null):
        return what.cast(pl.Date())
    return what.cast(pl.String()).str.to_date("%Y-%m-%d", strict=False)


def _units(what: pl.Expr, found: pl.DataType) -> pl.Expr:
    """Hours as whole ten-thousandths, null where they are no number or far from possible."""
    if found.is_float():
        return (what.fill_nan(None) * UNITS).round().cast(pl.Int64(), strict=False)
    if isinstance(found, pl.Decimal):
        return what.cast(pl.Decimal(18, 4), strict=False).to_physical().cast(pl.Int64(), strict=False)
    whole = what.cast(pl.Int64(), strict=False)
    return pl.when(whole.is_between(-_MOST_UNITS, _MOST_UNITS)).then(whole * UNITS)


def _topics(found: pl.DataType) -> pl.Expr:
    if not isinstance(found, pl.List) or not isinstance(found.inner, pl.Struct):
        return pl.lit(None, _TOPICS).alias("topics")
    kinds = {field.name: field.dtype for field in found.inner.fields}
    hours = _units(pl.element().struct.field("hours"), _as_type(kinds["hours"]))
    return pl.col("topics").list.eval(pl.struct(pl.element().struct.field("topic").cast(pl.String()), hours.alias("units")))


def _done(found: pl.DataType) -> pl.Expr:
    """Duties done, with the day where one is given."""
    if not isinstance(found, pl.List) or isinstance(found.inner, pl.Null):
        return pl.lit([], _DONE).alias("done")
    if not isinstance(found.inner, pl.Struct):
        return pl.col("done").list.eval(pl.struct(pl.element().cast(pl.String()).alias("what"), pl.lit(None, pl.Date()).alias("on")))
    kinds = {field.name: field.dtype for field in found.inner.fields}
    day = _day(pl.element().struct.field("on"), _as_type(kinds["on"]))
    return pl.col("done").list.eval(pl.struct(pl.element().struct.field("what").cast(pl.String()), day.alias("on")))


def _done_fault(found: pl.DataType) -> pl.Expr:
    """A duty that has no name, or a day that was given and could not be read."""
    nameless = pl.col("done").list.eval(_nothing_in(pl.element().struct.field("what"))).list.any()
    if not isinstance(found, pl.List) or not isinstance(found.inner, pl.Struct):
        return nameless
    days = pl.element().struct.field("on").is_not_null()
    return nameless | (pl.col("done").list.eval(days).list.sum() != _raw("done").list.eval(days).list.sum())


def _nothing_in(what: pl.Expr) -> pl.Expr:
    return what.is_null() | (what == "")


def _as_type(found: object) -> pl.DataType:
    return found if isinstance(found, pl.DataType) else pl.Null()
