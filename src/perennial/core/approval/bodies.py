"""The approval bodies and their clauses, loaded from the data beside this module."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from perennial.core.approval.findings import Severity
from perennial.core.approval.rounding import Rounding

LIBRARY = "LIBRARY"
NO_BODY = ("sources.toml", "every.toml")
SEVERITY_OF: Mapping[str, Severity] = {
    "text": "block",
    "reading": "block",
    "library": "block",
    "advice": "advice",
    "general": "advice",
}
GENERAL = "general knowledge; confirm it in the body's current handbook"


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause and its check, with the figure, words or method that the check compares with.

    `topic` and `titled` narrow it to courses that claim hours in that topic, or whose title holds one of those words.
    `element` names what a statement must hold; `says` tells it in words. `who` tells whose qualifications are meant: those of
    the authors, or of `planners`, the provider's administrators with them.
    """

    check: str
    basis: str
    clause: str
    source: str
    value: Decimal = Decimal(0)
    words: tuple[str, ...] = ()
    topic: str = ""
    titled: tuple[str, ...] = ()
    method: str = ""
    element: str = ""
    says: str = ""
    who: str = "authors"

    @property
    def severity(self) -> Severity:
        """Whether a finding under this clause blocks: never where only general knowledge or advice stands."""
        return SEVERITY_OF[self.basis]


@dataclass(frozen=True, slots=True)
class Body:
    """An approval body: its slug and name, the minutes of its hour, its rounding, its clauses.

    `unit` is "hour", or "ceu" where credit is given in tens of contact hours. `aliases` are the names by which a statement may call it;
    `counts_as` is the approval's slug in the rules of licensing boards, or empty.
    """

    slug: str
    name: str
    minutes_per_hour: int
    rounding: Rounding
    rules: tuple[Rule, ...]
    unit: Literal["hour", "ceu"] = "hour"
    aliases: tuple[str, ...] = ()
    counts_as: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a field of the certificate by name, under which clause and source."""

    by: str
    clause: str
    source: str


@dataclass(frozen=True, slots=True)
class CertificateField:
    """A field of a certificate; `with_approval` fields stand there only where an approval covers the course."""

    key: str
    title: str
    with_approval: bool
    asked: tuple[Asked, ...]


@cache
def bodies() -> Mapping[str, Body]:
    """The approval bodies by slug, without the library itself."""
    return {slug: body for slug, body in _all_bodies().items() if slug != LIBRARY}


def library() -> Body:
    """The library's own demands, in the form of a body."""
    return _all_bodies()[LIBRARY]


@cache
def certificate_fields() -> tuple[CertificateField, ...]:
    """Every field that a certificate may need, in the order of reading."""
    data = _data("certificate.toml")
    sources = data["sources"]
    return tuple(
        CertificateField(
            key=field["key"],
            title=field["title"],
            with_approval=field.get("with_approval", False),
            asked=tuple(Asked(each["by"], each["clause"], sources[each["source"]]) for each in field.get("asked", ())),
        )
        for field in data["fields"]
    )


@cache
def _all_bodies() -> Mapping[str, Body]:
    """The bodies by slug: one file each, named after it in small letters."""
    sources = _data("clauses/sources.toml")["sources"]
    every = _data("clauses/every.toml")["rules"]
    names = sorted(entry.name for entry in files("perennial.core.approval").joinpath("clauses").iterdir() if entry.name.endswith(".toml"))
    slugs = [name.removesuffix(".toml").upper() for name in names if name not in NO_BODY]
    return {slug: _body(slug, _data(f"clauses/{slug.lower()}.toml"), [] if slug == LIBRARY else every, sources) for slug in slugs}


def _body(slug: str, table: Mapping[str, Any], every: Sequence[Mapping[str, Any]], sources: Mapping[str, str]) -> Body:
    rounding = table["rounding"]
    own = {(rule["check"], rule.get("element", "")) for rule in table["rules"] if not rule.get("titled")}
    return Body(
        slug=slug,
        name=table["name"],
        minutes_per_hour=table["minutes_per_hour"],
        rounding=Rounding(
            direction=rounding["direction"],
            step=Decimal(rounding["step"]),
            least=Decimal(rounding["least"]),
            basis=rounding["basis"],
            clause=rounding["clause"],
            source=_source(rounding, sources),
        ),
        rules=tuple(
            _rule(rule, sources)
            for rule in (*table["rules"], *(rule for rule in every if (rule["check"], rule.get("element", "")) not in own))
        ),
        unit=table.get("unit", "hour"),
        aliases=tuple(table.get("aliases", ())),
        counts_as=table.get("counts_as", ""),
    )


def _rule(rule: Mapping[str, Any], sources: Mapping[str, str]) -> Rule:
    settings = {
        **rule,
        "source": _source(rule, sources),
        "value": Decimal(rule.get("value", 0)),
        "words": tuple(rule.get("words", ())),
        "titled": tuple(rule.get("titled", ())),
    }
    return Rule(**settings)


def _source(clause: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    """The source of a clause; general knowledge has none, everything else must have one."""
    return GENERAL if clause["basis"] == "general" else "; ".join(sources[key] for key in clause["source"].split())


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("perennial.core.approval").joinpath(name).read_text(encoding="utf-8"), parse_float=Decimal)
