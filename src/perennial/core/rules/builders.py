"""Valid rules, licenses, credits and standings for tests."""

from datetime import date
from decimal import Decimal

from perennial.core.rules.facts import Credit, License, Standing
from perennial.core.rules.rule import Rule, ready
from perennial.core.rules.schema import RuleFile
from perennial.core.rules.vocabulary import Vocabulary, Word

WORDS = Vocabulary(
    topics={t: Word(name=t) for t in ("ethics", "law", "law_ethics", "clinical", "suicide_prevention")},
    formats={f: Word(name=f) for f in ("live_in_person", "live_online", "asynchronous", "self_study", "reading")},
    approvals={"APA": Word(name="APA", national=True), "NBCC_ACEP": Word(name="NBCC", also=("NBCC",), national=True)},
    attributes={"supervisor": Word(name="supervisor")},
)


def make_rule(**tables: object) -> Rule:
    """A rule of an invented state: 30 hours in two years, none carried, APA accepted; `tables` replace or add keys."""
    data: dict[str, object] = {
        "title": "Counselor (Example State)",
        "board": "Example Board",
        "licenses": ["LPC"],
        "confidence": "high",
        "sources": {"code": {"cite": "1 Ex. Code 1", "url": "https://example.org/1", "kind": "regulation"}},
        "period": {"months": 24, "ends": "other", "says": "Two years."},
        "requirements": {"total": {"at_least": [figure(30)]}},
        "approvals": {"accepted": ["APA", "NBCC_ACEP"], "source": "code"},
        "carry_over": {"at_most": [figure(0)]},
        "first_renewal": {"says": "The same."},
    }
    return ready("ZZ", "counselor", RuleFile.model_validate(data | tables), WORDS)


def figure(hours: float | None, **more: object) -> dict[str, object]:
    """A figure with a source."""
    return {"hours": hours, "source": "code", "says": f"{hours} hours", **more}


def make_license(**changes: object) -> License:
    """A license in its fourth period, 2024-07-01 to 2026-06-30."""
    known: dict[str, object] = {
        "expires": date(2026, 6, 30),
        "issued": date(2018, 6, 1),
        "birth_date": date(1980, 6, 12),
        "renewal_number": 4,
        "number": "1234",
    }
    return License(**(known | changes))  # type: ignore[arg-type]  # a builder takes any field


def make_credit(hours: float = 1, **changes: object) -> Credit:
    """A live APA credit in the window."""
    known: dict[str, object] = {
        "id": f"c{next(_NUMBERS)}",
        "title": "A course",
        "date": date(2025, 3, 1),
        "hours": Decimal(str(hours)),
        "format": "live_in_person",
        "approvals": ("APA",),
    }
    if "topics" in changes:
        changes["topics"] = {k: Decimal(str(v)) for k, v in changes["topics"].items()}  # type: ignore[attr-defined]
    return Credit(**(known | changes))  # type: ignore[arg-type]  # a builder takes any field


_NUMBERS = iter(range(10**9))


def make_standing(*credits: Credit, **changes: object) -> Standing:
    """A standing on the last day of the period."""
    known: dict[str, object] = {"license": make_license(), "as_of": date(2026, 6, 30), "credits": credits}
    return Standing(**(known | changes))  # type: ignore[arg-type]  # a builder takes any field
