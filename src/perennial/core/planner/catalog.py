"""Read a catalog of offers: a JSON list, every fault named by its offer and key."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from perennial.core.planner.facts import Approval, Offer
from perennial.core.rules.scenario import Faulty
from perennial.core.rules.vocabulary import OWN, Vocabulary
from perennial.core.values import Problem

KEYS = ("id", "title", "hours", "topics", "format", "approvals", "price_cents", "minutes", "starts", "ends", "course")
MOST_HOURS, MOST_CENTS, MOST_MINUTES = 1000, 100_000_000, 100_000
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Catalog:
    """The offers of a catalog, and what is wrong with others."""

    offers: tuple[Offer, ...]
    problems: tuple[Problem, ...]


def read_catalog(path: Path, vocabulary: Vocabulary) -> Catalog:
    """Every offer of a file, and a problem for each that cannot be used. Raises `Faulty` where the file itself cannot be read."""
    rows = _rows(path)
    offers: list[Offer] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        where = f"{path.name}, offer {number}"
        try:
            offer = _Reader(row, where, vocabulary).offer()
            if offer.id in seen:
                raise Faulty(f"{where}: id", f"'{offer.id}' is the id of offer {seen[offer.id]} already", "Give each offer its own id.")
        except Faulty as fault:
            problems.append(fault.problem)
        else:
            seen[offer.id] = number
            offers.append(offer)
    return Catalog(tuple(offers), tuple(problems))


def _rows(path: Path) -> list[Any]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, object_pairs_hook=_once)
    except OSError:
        raise Faulty(str(path), "the file cannot be read", "Check the name.") from None
    except UnicodeDecodeError:
        raise Faulty(path.name, "the file is not text", "Give a JSON file in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Faulty(f"{path.name}, line {error.lineno}", f"not valid JSON: {error.msg}", "Correct that line.") from None
    except (ValueError, RecursionError) as error:
        raise Faulty(path.name, f"not valid JSON: {error}", "Correct the file.") from None
    if not isinstance(rows, list):
        raise Faulty(path.name, "not a list of offers", "Give a JSON list, each offer a table of keys and values.")
    return rows


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(k == key for k, _ in pairs) > 1)
        raise ValueError(f"the key '{twice}' stands twice in one table")
    return found


class _Reader:
    """Reads one offer; every fault names the key."""

    def __init__(self, row: Any, where: str, vocabulary: Vocabulary) -> None:
        if not isinstance(row, dict):
            raise Faulty(where, "not a table of keys and values", f"Known keys: {', '.join(KEYS)}.")
        self.row: Mapping[str, Any] = row
        self.where = f"{where} ({row['id']})" if isinstance(row.get("id"), str) else where
        self.vocabulary = vocabulary

    def offer(self) -> Offer:
        """The offer. Raises `Faulty` with the first thing that is wrong."""
        for key in self.row:
            if key not in KEYS:
                raise Faulty(self.where, f"unknown key '{key}'", f"Known: {', '.join(KEYS)}.")
        hours = self._hours("hours", self.row.get("hours"))
        starts, ends = self._day("starts", self.row.get("starts")), self._day("ends", self.row.get("ends"))
        if starts and ends and ends < starts:
            raise self._fault("ends", f"{ends} lies before the start, {starts}", "Correct one of the two dates.")
        name = self._text("id")
        return Offer(
            id=name,
            title=self._text("title", name),
            hours=hours,
            topics=dict(self._topics(hours)),
            format=self._format(),
            approvals=tuple(self._approvals()),
            price_cents=self._whole("price_cents", 0, MOST_CENTS),
            minutes=self._whole("minutes", int(hours * 60), MOST_MINUTES),
            starts=starts,
            ends=ends,
            course=self._text("course", "") or None,
        )

    def _fault(self, key: str, what: str, mend: str) -> Faulty:
        return Faulty(f"{self.where}: {key}", what, mend)

    def _text(self, key: str, default: str | None = None) -> str:
        value = self.row.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise self._fault(key, "missing" if value in (None, "") else f"'{value}' is not a text", "Give a text in quotes.")
        return value

    def _hours(self, key: str, value: Any) -> Decimal:
        number = _number(value)
        if number is None:
            raise self._fault(
                key, "missing" if value is None else f"'{value}' is not a number of hours", "Write hours as a number, such as 1.5."
            )
        if not 0 < number <= MOST_HOURS:
            raise self._fault(key, f"{number} hours are not possible", f"Hours are more than 0 and at most {MOST_HOURS}.")
        return number

    def _topics(self, hours: Decimal) -> Iterator[tuple[str, Decimal]]:
        topics = self.row.get("topics") or {}
        if not isinstance(topics, dict):
            raise self._fault("topics", "not a table of topics and hours", 'Write {"ethics": 2}.')
        for topic, value in topics.items():
            if topic not in self.vocabulary.topics:
                near = ", ".join(sorted(t for t in self.vocabulary.topics if t[:3] == topic[:3])[:4])
                hint = f"Similar: {near}." if near else "The vocabulary of the rule base lists the topics."
                raise self._fault("topics", f"unknown topic '{topic}'", hint)
            found = self._hours(f"topics.{topic}", value)
            if found > hours:
                raise self._fault(f"topics.{topic}", f"{found} hours in a course of {hours}", "Topics lie inside the hours of the course.")
            yield topic, found

    def _format(self) -> str:
        form = self._text("format")
        if form not in self.vocabulary.formats and not form.startswith(OWN):
            raise self._fault("format", f"unknown format '{form}'", f"Known: {', '.join(self.vocabulary.formats)}.")
        return form

    def _approvals(self) -> Iterator[Approval]:
        rows = self.row.get("approvals") or []
        if not isinstance(rows, list):
            raise self._fault("approvals", "not a list", 'Write [{"body": "NBCC_ACEP", "from": "2025-01-01", "until": "2027-12-31"}].')
        for number, row in enumerate(rows, 1):
            key = f"approvals.{number}"
            table = {"body": row} if isinstance(row, str) else row
            if not isinstance(table, dict) or not isinstance(table.get("body"), str) or set(table) - {"body", "from", "until"}:
                raise self._fault(key, "not an approval", "Give its body, and where they are known from and until.")
            start, until = self._day(f"{key}.from", table.get("from")), self._day(f"{key}.until", table.get("until"))
            if start and until and until < start:
                raise self._fault(f"{key}.until", f"{until} lies before {start}", "Correct one of the two dates.")
            yield Approval(table["body"], start, until)

    def _whole(self, key: str, default: int, most: int) -> int:
        value = self.row.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._fault(key, f"'{value}' is not a whole number", "Write a whole number without quotes.")
        if not 0 <= value <= most:
            raise self._fault(key, f"{value} is {'negative' if value < 0 else 'too much'}", f"It lies between 0 and {most:,}.")
        return value

    def _day(self, key: str, value: Any) -> date | None:
        if value is None:
            return None
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self._fault(key, f"'{value}' is not a date", "Write it as 2026-11-25.")
        return day


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return number if number.is_finite() else None
