"""Whether a typed approval statement holds what the body asks of it. No body's wording is shipped; elements are looked for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from perennial.core.approval.bodies import Body, Rule
from perennial.core.approval.findings import Severity
from perennial.core.approval.provider import HeldApproval
from perennial.core.values.words import MONTHS, day_in_words

DENIED = re.compile(
    r"\b(not|no longer|never|neither|nor|isn't)( (yet|currently|been|an?|in any way|itself))* (approv|accredit|recogni|endors)\w*"
    r"|\b(approval|accreditation|recognition)\b[^.]{0,40}\b(expired|lapsed|withdrawn|revoked|pending|denied|sought|applied)\b"
    r"|\b(pending|applied for|seeking|awaiting)( \w+){0,3} (approv|accredit|recogni)\w*",
    re.IGNORECASE,
)
# "does not qualify", "not endorsed for ..." and the like say something else; only the provider's own approval is meant.
MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS)
DAY = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{MONTH}),? (?P<y1>\d{{4}})\b"
    rf"|\b(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})\b"
    r"|\b(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/(?P<y3>\d{4}|\d{2})\b"
    r"|\b(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Element:
    """An element that a statement must hold: under which clause, whether it blocks, and what is missing, empty where nothing is."""

    clause: str
    source: str
    severity: Severity
    lack: str


def statement_elements(held: HeldApproval, provider: str, body: Body) -> tuple[Element, ...]:
    """Every element that the body asks of this statement, in the order of its clauses, met or not; `provider` is its name."""
    rules = (rule for rule in body.rules if rule.check == "statement")
    return tuple(Element(rule.clause, rule.source, rule.severity, statement_lacks(rule, held, provider, body)) for rule in rules)


def statement_lacks(rule: Rule, held: HeldApproval, provider: str, body: Body) -> str:
    """What a statement lacks of one element, in words; empty where it lacks nothing. An empty statement lacks only its text."""
    if not held.statement.strip():
        return "no statement is typed" if rule.element == "typed" else ""
    return ELEMENTS[rule.element](rule, held, provider, body)


def days_in(text: str) -> Iterator[date]:
    """The days that a text names, as people in the United States write them; what is no day is left out."""
    for found in DAY.finditer(text):
        day, month, year = (next(filter(None, (found[f"{part}{form}"] for form in range(1, 5)))) for part in "dmy")
        number = int(month) if month.isdigit() else [name[:3].casefold() for name in MONTHS].index(month[:3].casefold()) + 1
        try:
            yield date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
        except ValueError:
            continue


def _plain(text: str) -> str:
    """A text without capitals, marks and spaces, to be found in another."""
    return re.sub(r"[\W_]+", " ", text.casefold().replace("&", " and ")).strip()


def _typed(_: Rule, __: HeldApproval, ___: str, ____: Body) -> str:
    return ""


def _provider_name(_: Rule, held: HeldApproval, provider: str, __: Body) -> str:
    return "" if f" {_plain(provider)} " in f" {_plain(held.statement)} " else f"the statement does not name {provider}"


def _body_name(_: Rule, held: HeldApproval, __: str, body: Body) -> str:
    named = any(f" {_plain(alias)} " in f" {_plain(held.statement)} " for alias in body.aliases)
    return "" if named else f"the statement does not name the body: {' or '.join(body.aliases[:2])}"


def _words(rule: Rule, held: HeldApproval, provider: str, body: Body) -> str:
    """Looked for beside the names: that the body is called Boards or Psychological says nothing of boards or psychologists."""
    told = " ".join(held.statement.split())
    for name in (*body.aliases, " ".join(provider.split())):
        told = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", told, flags=re.IGNORECASE) if name else told
    found = any(re.search(rf"(?<!\w){re.escape(stem)}", told, re.IGNORECASE) for stem in rule.words)
    return "" if found else f"the statement does not say {rule.says}"


def _number(_: Rule, held: HeldApproval, __: str, ___: Body) -> str:
    if not held.number.strip():
        return "the record has no number"
    digits = re.sub(r"[\W_]+", "", held.number.casefold())
    written = [re.sub(r"[\W_]+", "", word.casefold()) for word in re.split(r"\s|[,;()]", held.statement)]
    joined = {"".join(written[first:last]) for first in range(len(written)) for last in range(first + 1, first + 4)}
    return (
        "" if any(word == digits or word == f"no{digits}" for word in joined) else f"the statement does not give the number {held.number}"
    )


def _period(_: Rule, held: HeldApproval, __: str, ___: Body) -> str:
    said = set(days_in(held.statement))
    if held.starts not in said:
        return f"the statement does not give the first day of the approval, {day_in_words(held.starts)}"
    if held.ends and not said & {held.ends, held.ends - timedelta(days=1)}:
        return f"the statement does not give the last day of the approval, {day_in_words(held.ends - timedelta(days=1))}"
    return ""


def _other_period(_: Rule, held: HeldApproval, __: str, ___: Body) -> str:
    fits = {held.starts} | ({held.ends, held.ends - timedelta(days=1)} if held.ends else set())
    others = sorted(set(days_in(held.statement)) - fits)
    return f"the statement names {day_in_words(others[0])}, which is no day of the approval's record" if others and held.ends else ""


def _no_denial(_: Rule, held: HeldApproval, __: str, ___: Body) -> str:
    denied = DENIED.search(" ".join(held.statement.split()))
    return f"the statement denies the approval or says that it is awaited: '{denied[0]}'" if denied else ""


ELEMENTS: Mapping[str, Callable[[Rule, HeldApproval, str, Body], str]] = {
    "body_name": _body_name,
    "no_denial": _no_denial,
    "number": _number,
    "other_period": _other_period,
    "period": _period,
    "provider_name": _provider_name,
    "typed": _typed,
    "words": _words,
}
