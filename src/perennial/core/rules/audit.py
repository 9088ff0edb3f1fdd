"""What an auditor would find in one license's record on one day, each with its source and what to do about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from perennial.core.rules.answer import Answer, Line, NotCounted
from perennial.core.rules.asked import units_of
from perennial.core.rules.evaluate import evaluate, in_words
from perennial.core.rules.facts import Credit, Standing, plain_title
from perennial.core.rules.ledger import EXCLUDED, NOT_RUNNING, ONCE, TWICE, UNACCEPTED, accepts, entries_of
from perennial.core.rules.periods import CreditWindow, credit_window
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Source
from perennial.core.rules.vocabulary import ANY

Kind = Literal[
    "short",
    "missing_topic",
    "unaccepted",
    "lapsed",
    "duplicate",
    "outside",
    "no_proof",
    "topic_hours",
    "future",
    "over_limit",
]
Severity = Literal["fails", "check", "advice"]
SEVERITIES: tuple[Severity, ...] = ("fails", "check", "advice")
NEAR = timedelta(days=92)
"""A credit this close to the period, but not in it, may be meant for it; one farther away belongs to another."""


@dataclass(frozen=True, slots=True)
class DatedApproval:
    """An approval that a course's provider names. It holds from `starts` to `until`, both days included; None: not known."""

    approver: str
    starts: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it held on a day, as far as its own dates tell."""
        return (self.starts or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an auditor would find.

    `fails`: the renewal would not stand, and this is a cause; `check`: an auditor would ask, or strike the credit without the renewal
    falling; `advice`: nothing is wrong. `credit` and `line` are ids of the credit and of the requirement or limit concerned.
    """

    kind: Kind
    severity: Severity
    credit: str | None
    line: str | None
    because: str
    source: Source | None
    todo: str


@dataclass(frozen=True, slots=True)
class _Case:
    """A record as an auditor sees it: without twins, each credit with the approvals that held on its day."""

    rule: Rule
    standing: Standing
    window: CreditWindow
    proofs: Mapping[str, bool]
    twins: tuple[tuple[Credit, Credit], ...]
    lapsed: tuple[tuple[Credit, tuple[DatedApproval, ...]], ...]
    answer: Answer

    @property
    def cause(self) -> Severity:
        """How much a credit that does not count weighs: it is a cause where the renewal falls."""
        return "fails" if self.answer.compliant is False else "check"

    def source(self, key: str | None) -> Source | None:
        """A source of the rule file."""
        return self.rule.file.sources.get(key) if key else None


@dataclass(frozen=True, slots=True)
class Examined:
    """What an auditor would find, and the answer after it: twins left out, and no approval on a day on which it did not hold.

    `judged` is the standing that the answer is to.
    """

    answer: Answer
    findings: tuple[Finding, ...]
    judged: Standing


def findings(
    rule: Rule, standing: Standing, proofs: Mapping[str, bool], approvals: Mapping[str, Sequence[DatedApproval]] | None = None
) -> tuple[Finding, ...]:
    """The findings of `examined` alone."""
    return examined(rule, standing, proofs, approvals).findings


def examined(
    rule: Rule, standing: Standing, proofs: Mapping[str, bool], approvals: Mapping[str, Sequence[DatedApproval]] | None = None
) -> Examined:
    """Everything an auditor would find on `standing.as_of`, the gravest first, and how the hours stand then.

    `proofs` says by credit id whether a certificate is at hand; one not named has none. `approvals` gives by credit id the dates of the
    approvals that its course names; an approver without dates is taken as holding. Hours are CE hours.
    """
    case = _case(rule, standing, proofs, approvals or {})
    found = [
        *_missing(case),
        *_unknown(case),
        *_duties(case),
        *_left_out(case),
        *_lapsed(case),
        *_twins(case),
        *_unnamed(case),
        *_unproved(case),
        *_topic_hours(case),
        *_over(case),
    ]
    return Examined(case.answer, tuple(sorted(found, key=lambda f: SEVERITIES.index(f.severity))), case.standing)


def _case(rule: Rule, standing: Standing, proofs: Mapping[str, bool], approvals: Mapping[str, Sequence[DatedApproval]]) -> _Case:
    kept, twins = _without_twins(standing.credits, proofs)
    lapsed = tuple((c, gone) for c in kept if (gone := _gone(c, approvals.get(c.id, ()))))
    ended = {id(c): {a.approver for a in gone} for c, gone in lapsed}
    held = tuple(replace(c, approvals=tuple(a for a in c.approvals if a not in ended[id(c)])) if id(c) in ended else c for c in kept)
    judged = replace(standing, credits=held).on_its_day()
    return _Case(rule, judged, credit_window(rule.file, standing.license), proofs, twins, lapsed, evaluate(rule, judged))


def _without_twins(credits: Sequence[Credit], proofs: Mapping[str, bool]) -> tuple[tuple[Credit, ...], tuple[tuple[Credit, Credit], ...]]:
    """The credits without those entered a second time under another id, and each of these with the one that stays."""
    first: dict[tuple[object, ...], Credit] = {}
    kept: list[Credit] = []
    twins: list[tuple[Credit, Credit]] = []
    for credit in sorted(credits, key=lambda c: (not proofs.get(c.id, False), c.date, c.id)):
        marks: list[tuple[object, ...]] = [("title", plain_title(credit.title), credit.date, credit.hours)]
        marks += [("course", credit.course, credit.date, None)] if credit.course else []
        same = next((first[m] for m in marks if m in first), None)
        if same is not None and same.id != credit.id:
            twins.append((credit, same))
            continue
        kept.append(credit)
        for mark in marks:
            first.setdefault(mark, credit)
    return tuple(kept), tuple(twins)


def _gone(credit: Credit, dated: Sequence[DatedApproval]) -> tuple[DatedApproval, ...]:
    """The approvals that a credit names and that did not hold on its day, under any of their dates."""
    held = {a.approver for a in dated if a.holds(credit.date)}
    return tuple(a for a in dated if a.approver in credit.approvals and a.approver not in held)


def _missing(case: _Case) -> Iterator[Finding]:
    """Lines that ask for more than counts."""
    answer, due = case.answer, case.answer.due
    severity: Severity = "fails" if answer.compliant is False else "check"
    for line in answer.lines:
        if line.requirement not in answer.missing or line.kind == "limit":
            continue
        kind: Kind = "short" if line.kind == "total" else "missing_topic"
        because = line.because if line.kind == "total" else f"{line.name}: {line.because}"
        yield Finding(kind, severity, None, line.requirement, because, line.source, _make_up(line, due, case.standing.as_of))


def _unknown(case: _Case) -> Iterator[Finding]:
    """Lines of which it is not known what they ask, because a question about the person is not answered."""
    for line in case.answer.lines:
        if line.verdict == "not_known":
            todo = "Answer the question among those that your rules ask; an auditor would."
            yield Finding("missing_topic", "check", None, line.requirement, f"{line.name}: {line.because}", line.source, todo)


def _make_up(line: Line, due: date, day: date) -> str:
    if day > due:
        return f"The hours were due on {due:%-d %B %Y}. Enter certificates from before that day that are not here yet, or ask the board."
    if line.missing is None:
        return f"Complete it by {due:%-d %B %Y}, or record that it is done."
    what = f"{in_words(units_of(line.missing))} more" + ("" if line.kind == "total" else f" on this line ({line.name})")
    return f"Earn {what} by {due:%-d %B %Y}."


def _duties(case: _Case) -> Iterator[Finding]:
    """Duties without hours that nobody recorded as done in this period."""
    vocabulary, window = case.rule.vocabulary, case.window
    done = {d.what for d in case.standing.done if d.on is None or window.holds(d.on)}
    for duty in case.rule.file.duties:
        if duty not in done and case.answer.owed:
            because = f"{vocabulary.name(duty)}: not recorded as done in this period. It earns no hours."
            yield Finding("missing_topic", "check", None, None, because, None, "If it is done, record it; if not, do it before you renew.")


def _left_out(case: _Case) -> Iterator[Finding]:
    """Credits that do not count at all, in the count's own words."""
    lapsed = {credit.id for credit, _ in case.lapsed}
    known = {credit.id: credit for credit in case.standing.credits}
    for out in case.answer.not_counted:
        credit = known[out.credit]
        if out.lost < out.hours or (out.because == UNACCEPTED and credit.id in lapsed):
            continue
        found = _entered(case, credit, out) or _by_date(case, credit, out)
        if found is not None:
            yield found


def _entered(case: _Case, credit: Credit, out: NotCounted) -> Finding | None:
    """A credit left out for what it is."""
    near = case.window.start - NEAR <= credit.date <= case.window.end + NEAR
    counting, file = case.rule.file.counting, case.rule.file
    if out.because == TWICE:
        return Finding(
            "duplicate", case.cause, credit.id, None, out.because, case.source(counting.source), "Withdraw one of the two entries."
        )
    if not near:
        return None
    if out.because in (ONCE, NOT_RUNNING):
        return Finding("duplicate", case.cause, credit.id, None, out.because, case.source(counting.source), "Choose another course.")
    if out.because == UNACCEPTED:
        todo = "See whether the certificate names an accepted approval and enter it; otherwise replace these hours."
        return Finding("unaccepted", case.cause, credit.id, None, out.because, case.source(file.approvals.source), todo)
    if out.because == EXCLUDED or out.because.startswith("Shorter than"):
        todo = "Leave it out of what you send, and replace these hours if you need them."
        return Finding("unaccepted", case.cause, credit.id, None, out.because, case.source(counting.source), todo)
    return None


def _by_date(case: _Case, credit: Credit, out: NotCounted) -> Finding | None:
    """A credit left out for its day: not yet over, or just beside the period."""
    window = case.window
    if credit.date > case.standing.as_of:
        todo = "Correct the day if it is mistyped; otherwise enter it once the course is over."
        return Finding("future", "check", credit.id, None, out.because, None, todo)
    if window.needs or window.holds(credit.date) or case.answer.compliant is not False:
        return None
    carried = credit.date < window.start and case.answer.carried_hours
    if carried or not window.start - NEAR <= credit.date <= window.end + NEAR:
        return None
    file = case.rule.file
    source = case.source(file.window.source if file.window else None) or case.source(file.period.source)
    early = credit.date < window.start
    todo = "Compare the day with the certificate; if it is right, these hours belong to another period."
    return Finding("outside", "advice" if early else "fails", credit.id, None, out.because, source, todo)


def _lapsed(case: _Case) -> Iterator[Finding]:
    """Credits whose approval did not hold on their day, so that no accepted one is left."""
    rule = case.rule
    if ANY in rule.accepted:
        return
    held = {e.credit.id: e for e in entries_of(case.standing.credits, rule.vocabulary)}
    for credit, gone in case.lapsed:
        before = entries_of((credit,), rule.vocabulary)[0]
        if not _counts_by_day(case, credit) or accepts(rule, held[credit.id]) or (rule.accepted and not accepts(rule, before)):
            continue
        severity: Severity = case.cause if rule.file.approvals.exclusive else "check"
        because = " ".join(_when(rule, a, credit.date) for a in gone)
        todo = "Ask the provider for proof of approval on that day; without it, replace these hours."
        yield Finding("lapsed", severity, credit.id, None, because, case.source(rule.file.approvals.source), todo)


def _when(rule: Rule, approval: DatedApproval, day: date) -> str:
    name = rule.vocabulary.name(rule.vocabulary.approval(approval.approver))
    if approval.until is not None and day > approval.until:
        return f"The approval by {name} ended on {approval.until:%-d %B %Y}, before the course on {day:%-d %B %Y}."
    return f"The approval by {name} began on {approval.starts:%-d %B %Y}, after the course on {day:%-d %B %Y}."


def _counts_by_day(case: _Case, credit: Credit) -> bool:
    return case.window.holds(credit.date) and credit.date <= case.standing.as_of


def _twins(case: _Case) -> Iterator[Finding]:
    """Credits entered a second time under another id."""
    source = case.source(case.rule.file.counting.source)
    for credit, same in case.twins:
        if _counts_by_day(case, credit):
            words = "same course and day" if credit.course and credit.course == same.course else "same title, day and hours"
            because = f"Another entry has the {words}; an auditor counts such hours once."
            todo = "If both are the same certificate, withdraw one; if not, tell them apart by their titles."
            yield Finding("duplicate", case.cause, credit.id, None, because, source, todo)


def _unnamed(case: _Case) -> Iterator[Finding]:
    """Counted credits from an approver that the rule does not name, where it accepts others too."""
    rule, lapsed = case.rule, {credit.id for credit, _ in case.lapsed}
    if not rule.accepted or rule.file.approvals.exclusive:
        return
    for entry in entries_of(_counted(case), rule.vocabulary):
        if accepts(rule, entry) or entry.credit.id in lapsed:
            continue
        name = ", ".join(rule.vocabulary.name(a) for a in entry.credit.approvals)
        because = f"Its approver is not one that the rule names: {name}." if name else "It names no approver."
        todo = "See whether the certificate names an accepted approval and enter it, or ask the board."
        yield Finding("unaccepted", "check", entry.credit.id, None, because, case.source(rule.file.approvals.source), todo)


def _counted(case: _Case) -> tuple[Credit, ...]:
    """The credits of which something counts now."""
    out = {n.credit for n in case.answer.not_counted if n.lost >= n.hours}
    return tuple(c for c in case.standing.credits if _counts_by_day(case, c) and c.id not in out)


def _unproved(case: _Case) -> Iterator[Finding]:
    """Counted credits without a certificate; they are causes where the renewal would not stand without them."""
    bare = [c for c in _counted(case) if not case.proofs.get(c.id, False)]
    if not bare:
        return
    severity: Severity = "check" if _stands_without(case, bare) else "fails"
    for credit in bare:
        because = "An auditor counts only what can be shown."
        yield Finding("no_proof", severity, credit.id, None, because, None, "Add the certificate, or ask the provider for a copy.")


def _stands_without(case: _Case, bare: Iterable[Credit]) -> bool:
    gone = {c.id for c in bare}
    shown = replace(case.standing, credits=tuple(c for c in case.standing.credits if c.id not in gone))
    return evaluate(case.rule, shown).compliant is not False


def _topic_hours(case: _Case) -> Iterator[Finding]:
    """Credits with more hours inside a topic than they have in all."""
    for credit in _counted(case):
        for topic, hours in credit.topics.items():
            if hours > credit.hours:
                name = case.rule.vocabulary.name(topic)
                because = f"{in_words(units_of(hours))} in {name}, but {in_words(units_of(credit.hours))} in all."
                yield Finding("topic_hours", "check", credit.id, None, because, None, "Correct the hours as the certificate gives them.")


def _over(case: _Case) -> Iterator[Finding]:
    """Limits that are reached: further hours of the kind bring nothing."""
    for line in case.answer.lines:
        if line.kind == "limit" and line.verdict == "over":
            todo = "Nothing to mend; take further hours in another form."
            yield Finding("over_limit", "advice", None, line.requirement, f"{line.name}: {line.because}", line.source, todo)
