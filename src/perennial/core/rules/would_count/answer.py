"""The answer to whether a credit would count for one license, in a verdict, a sentence and the part of the rule that decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perennial.core.rules.answer import Answer
from perennial.core.rules.attributes import needed, question, reasons
from perennial.core.rules.audit import DatedApproval
from perennial.core.rules.evaluate import evaluate, hours, is_unknown
from perennial.core.rules.facts import Credit, Standing, plain_title
from perennial.core.rules.periods import credit_window
from perennial.core.rules.rule import Rule
from perennial.core.rules.unanswered import ways
from perennial.core.rules.would_count.deciding import (
    Decider,
    approvals_of,
    carried,
    counting_of,
    line_of,
    lines_by_need,
    lost,
    refused,
    source_of,
)
from perennial.core.rules.would_count.doubting import doubt_of
from perennial.core.rules.would_count.gain import KEY, Case, Verdict, case_of
from perennial.core.values.words import ce_hours, day_in_words, listed, plain_hours

ZERO = Decimal(0)
NEEDS = {
    "birth_month": "the month of birth",
    "number": "the number of the license",
    "issued": "the day on which it was first issued",
}


@dataclass(frozen=True, slots=True)
class WouldCount:
    """Whether a credit would count for a license.

    `verdict` is `not_known` where the readings of what is open disagree; `as_read` is then what the rule file as read gives (None where
    nothing can be judged), and `doubt` what to ask the board. `certain` is false too where only the hours of a `partly` are in doubt.
    `counted` and `of` are CE hours of 60 minutes: those that bring something, as read, of those that the credit has. `helps` says what it
    takes off what is missing, `decider` what the verdict hangs on, `lapsed` which
    approvals do not hold on that day, and `serves` gives the lines that it serves with the hours of each.
    """

    verdict: Verdict
    as_read: Verdict | None
    counted: Decimal
    of: Decimal
    because: str
    helps: str = ""
    doubt: str = ""
    decider: Decider | None = None
    lapsed: str = ""
    serves: tuple[tuple[str, Decimal], ...] = ()

    @property
    def certain(self) -> bool:
        """Whether every reading of what is open gives this verdict on these hours."""
        return self.verdict != "not_known" and not self.doubt


def would_count(rule: Rule, standing: Standing, credit: Credit, approvals: Sequence[DatedApproval] = ()) -> WouldCount:
    """Judge a license with and without a credit that is not in its record, on the day of its completion or `standing.as_of`, the later.

    `credit.approvals` are those that the course names; `approvals` gives the dates of those of which they are known, and one that does
    not hold on the day of the credit is left aside. The record itself stays as it is. Attributes that the person has not answered are
    taken both ways, and only what these agree on is told.
    """
    slugs = needed(rule, standing.unanswered) if standing.unanswered else ()
    if not slugs:
        return _told(rule, standing, credit, approvals)
    return _agreed(rule, slugs, {held: _told(rule, said, credit, approvals) for held, said in ways(standing, slugs)})


def _agreed(rule: Rule, slugs: Sequence[str], found: Mapping[frozenset[str], WouldCount]) -> WouldCount:
    """What holds whichever way the questions that a person has not answered are answered."""
    marks = {held: (one.verdict, one.as_read, one.counted) for held, one in found.items()}
    if len(set(marks.values())) == 1:
        shown = next((one for one in found.values() if one.doubt), found[frozenset()])
        serves = tuple(one for one in shown.serves if all(one in other.serves for other in found.values()))
        open_ = _open(slugs, {held: one.helps for held, one in found.items()})
        helps = f"What it takes off what is missing hangs on what you have not answered: {_asked(rule, open_)}" if open_ else shown.helps
        return replace(shown, helps=helps, serves=serves)
    open_ = _open(slugs, marks)
    says = f"It hangs on what you have not answered: {_asked(rule, open_)}"
    why = next(iter(reasons(rule)[open_[0]]))
    decider = Decider("question", why.name, why.says, why.source or source_of(rule, None))
    return WouldCount("not_known", None, ZERO, found[frozenset()].of, says, decider=decider)


def _open(slugs: Sequence[str], told: Mapping[frozenset[str], object]) -> list[str]:
    """The attributes whose answer changes what is told."""
    return [slug for slug in slugs if any(said != told[held | {slug}] for held, said in told.items() if slug not in held)]


def _asked(rule: Rule, slugs: Sequence[str]) -> str:
    return " ".join(question(rule, slug) for slug in slugs)


def _told(rule: Rule, standing: Standing, credit: Credit, approvals: Sequence[DatedApproval]) -> WouldCount:
    """The answer for a person of whom every attribute is known."""
    nothing = _unjudged(rule, standing, credit) or _twin(rule, standing, credit)
    if nothing is not None:
        return nothing
    gone = lapsed(credit, approvals)
    held = replace(credit, approvals=tuple(a for a in credit.approvals if a not in {one.approver for one in gone}))
    case = case_of(rule, standing, held)
    found = _answered(case)
    if not gone:
        return found
    return _with_lapse(found, _answered(case_of(rule, standing, credit)), rule, lapse_in_words(rule, credit, gone))


def lapsed(credit: Credit, approvals: Sequence[DatedApproval]) -> tuple[DatedApproval, ...]:
    """The approvals that a credit names and that do not hold on its day, under any of their dates."""
    held = {one.approver for one in approvals if one.holds(credit.date)}
    return tuple(one for one in approvals if one.approver in credit.approvals and one.approver not in held)


def lapse_in_words(rule: Rule, credit: Credit, gone: Sequence[DatedApproval]) -> str:
    """Which approvals do not hold on the day of a credit, and since or from when they do not."""
    parts = []
    for one in gone:
        name = rule.vocabulary.name(rule.vocabulary.approval(one.approver))
        late = one.until is not None and one.until < credit.date
        day = one.until if late else one.starts
        parts.append(f"{name} {'lapsed on' if late else 'begins only on'} {day_in_words(day or credit.date)}")
    return f"On {day_in_words(credit.date)} its approval does not hold: that of {listed(parts)}."


def _unjudged(rule: Rule, standing: Standing, credit: Credit) -> WouldCount | None:
    """The answer where nothing can be judged: the rule's core is unknown, or the license lacks what it counts from."""
    if is_unknown(rule):
        says = "The hours that this board asks were not read."
        return WouldCount("not_known", None, ZERO, credit.hours, says, decider=Decider("open", rule.file.title, "", source_of(rule, None)))
    needs = credit_window(rule.file, standing.license).needs
    if not needs:
        return None
    file = rule.file
    source = source_of(rule, file.window.source if file.window is not None else file.period.source)
    days, words = "Days on which hours count", file.window.says if file.window is not None else file.period.says
    told = [NEEDS[need] for need in needs if need in NEEDS]
    if not told:
        says = "How long a period is was not read, so that the days on which hours count are not known."
        return WouldCount("not_known", None, ZERO, credit.hours, says, decider=Decider("open", days, words, source))
    says = f"The license lacks {listed(told)}, and its rule counts from it."
    return WouldCount("not_known", None, ZERO, credit.hours, says, decider=Decider("needs", days, words, source))


def _twin(rule: Rule, standing: Standing, credit: Credit) -> WouldCount | None:
    """The answer for a credit that is in the record already, under the same course or title."""
    title = plain_title(credit.title)
    for other in standing.credits:
        same = bool(credit.course) and credit.course == other.course
        named = bool(title) and title == plain_title(other.title) and other.hours == credit.hours
        if other.date == credit.date and (same or named):
            says = f"It is in your record already, with the day {day_in_words(other.date)}; an auditor counts such hours once."
            return WouldCount("no", "no", ZERO, credit.hours, says, decider=counting_of(rule, "twin"))
    return None


def _answered(case: Case) -> WouldCount:
    """The answer with every approval that the credit has taken as holding."""
    question = case.after.question
    bare = replace(question.standing, credits=tuple(c for c in question.standing.credits if c.id != KEY))
    before, after = evaluate(case.rule, bare), evaluate(case.rule, question.standing)
    gain, doubt = case.gain, doubt_of(case)
    decider, because = _as_read(case, after)
    decides = doubt is not None and doubt.decides
    return WouldCount(
        verdict="not_known" if decides else gain.verdict,
        as_read=gain.verdict,
        counted=hours(gain.counted),
        of=case.credit.hours,
        because=because,
        helps=_helps(case, before, after),
        doubt=doubt.says if doubt is not None else "",
        decider=doubt.decider if doubt is not None and decides else decider,
        serves=tuple((line.name, c.hours) for line in after.lines if line.kind == "requirement" for c in line.credits if c.credit == KEY),
    )


def _as_read(case: Case, after: Answer) -> tuple[Decider, str]:
    """What decides as the rule file reads, and the whole answer in a sentence or two."""
    gain, of = case.gain, ce_hours(case.credit.hours)
    if gain.verdict == "no":
        return refused(case) if case.out is not None else lost(case, after.lines)
    served = lines_by_need(case, after.lines)
    if case.entry is None:
        return _from_before(case, after)
    if gain.verdict == "yes":
        return line_of(
            case.rule, served[0] if served else after.lines[0]
        ), f"All {of} count." if case.credit.hours != 1 else "Its CE hour counts."
    decider, why = lost(case, after.lines)
    if gain.whole:
        return decider, f"{plain_hours(hours(gain.counted))} of {of} count. {why}"
    names = listed(line.name for line in served if line.requirement in gain.relieved)
    return decider, f"It adds nothing to the hours in all; {plain_hours(hours(gain.counted))} of {of} serve {names}. {why}"


def _from_before(case: Case, after: Answer) -> tuple[Decider, str]:
    """The same for a credit of an earlier time, which carries over or still serves a topic."""
    part = f"{plain_hours(hours(case.gain.counted))} of {ce_hours(case.credit.hours)}"
    if case.gain.adds > 0:
        return carried(case), f"{part} count, carried over from the period before."
    served = lines_by_need(case, after.lines)
    names = listed(line.name for line in served)
    return line_of(
        case.rule, served[0]
    ), f"It was completed before this period and adds nothing to the hours in all; {part} still serve {names}."


def _helps(case: Case, before: Answer, after: Answer) -> str:
    """What it takes off what is missing, in a sentence; empty where it changes nothing."""
    if not case.gain.counted and case.gain.adds >= 0:
        return ""
    if not after.owed:
        return "Nothing is owed at this renewal; these hours stand for the next." if not case.after.question.window.owed else ""
    if not before.missing and not after.missing:
        return "Nothing is missing before it, so it is not needed."
    names = {line.requirement: line.name for line in after.lines}
    off: list[str] = []
    more: list[str] = []
    for key in dict.fromkeys((*before.missing, *after.missing)):
        then, now = before.missing.get(key, ZERO), after.missing.get(key, ZERO)
        if then is None or now is None:
            off += [f"{names.get(key, key)} is done"] if now is not None else []
        elif then != now:
            (off if then > now else more).append(f"{plain_hours(abs(then - now))} h of {names.get(key, key)}")
    says = f"It takes off what is missing: {listed(off)}." if off else "It takes nothing off what is missing."
    return f"{says} It adds to what is missing: {listed(more)}." if more else says


def _with_lapse(found: WouldCount, told: WouldCount, rule: Rule, words: str) -> WouldCount:
    """An answer with what is said of approvals that do not hold: they decide where the answer would be another if they held."""
    same = (found.verdict, found.as_read, found.counted, found.certain) == (told.verdict, told.as_read, told.counted, told.certain)
    bare = found.decider is not None and found.decider.kind == "approval"
    if same and not (bare and not rule.accepted):
        return replace(told, lapsed=words)
    decided = replace(found, lapsed=words, decider=approvals_of(rule, "lapsed"))
    if not bare:
        return decided
    if found.verdict == "no":
        return replace(decided, because=f"{words} Without it, no approval that this board accepts is left.")
    rest = "Without it, no approval that the rule names is left." if rule.accepted else found.doubt
    return replace(decided, doubt=f"{words} {rest}")
