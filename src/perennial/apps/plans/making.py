"""Makes a plan for a person: licenses and choices go to the planner, and what comes back is judged before it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.choices import Choice, choices_of, offer_of
from perennial.apps.plans.judging import answers_with, judged_of, served_by
from perennial.apps.plans.outcome import Alone, Item, Judged, Outcome, Skipped, State, Swap, Unmet
from perennial.apps.plans.schedule import DAYS_A_MONTH, Slot, spread
from perennial.apps.plans.wishes import Wishes
from perennial.apps.standing.queries import LicenseStanding, standing_of, taken_as_yes
from perennial.core import planner
from perennial.core.rules import Answer, Done
from perennial.core.rules.attributes import question
from perennial.core.values.words import day_in_words, plain_hours

MOST_SWAPS = planner.MOST_ALTERNATIVES
WISHED = {"budget": "Your budget", "time": "Your time"}


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a plan depends on: licenses as they are told, those to plan for and those that are not, choices, wishes, today."""

    owed: tuple[LicenseStanding, ...]
    standings: tuple[LicenseStanding, ...]
    skipped: tuple[Skipped, ...]
    choices: Mapping[str, Choice]
    unpriced: int
    wishes: Wishes
    today: date
    once: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Duties that no course fulfills, by license; they are taken as done."""
    assumed: tuple[str, ...] = ()
    """Questions about the person that are not answered; they are taken as answered with yes."""

    @property
    def allowed(self) -> tuple[Choice, ...]:
        """The choices that the wishes leave."""
        return tuple(choice for key, choice in self.choices.items() if key not in self.wishes.without)


def case_for(person: Person, wishes: Wishes, *, day: date, more: Sequence[Choice] = ()) -> Case:
    """What a person's plan depends on, gathered with a constant number of queries; `more`: offers beside what is kept here."""
    told, found = standing_of(person, day=day), choices_of(person)
    standings = [taken_as_yes(standing) for standing in told]
    assumed = [question(s.rule, slug) for s, t in zip(standings, told, strict=True) if s is not t and s.rule for slug in _open(t)]
    reasons = [(standing, _reason(standing, day)) for standing in standings]
    return Case(
        owed=tuple(standing for standing, reason in reasons if reason is None),
        standings=tuple(told),
        skipped=tuple(reason for _, reason in reasons if reason is not None),
        choices={**found.by_id, **{choice.id: choice for choice in more}},
        unpriced=found.unpriced,
        wishes=wishes,
        today=day,
        assumed=tuple(dict.fromkeys(assumed)),
    )


def _open(standing: LicenseStanding) -> tuple[str, ...]:
    return standing.answer.unanswered if standing.answer else ()


def _assumptions(case: Case) -> list[str]:
    """What the plan takes for granted about the person, as remarks."""
    return [f"You have not answered: {words} Taken as yes, so that the plan is enough either way." for words in case.assumed]


def made(case: Case, *, compare: bool = True, pace: planner.Pace = planner.ENDLESS) -> Outcome:
    """The plan of a case; without comparing, only itself: no other sets at its price, no license planned alone.

    Where the pace ends it, the best plan so far, with what is proved of it.
    """
    if not case.owed:
        return _without_items(case, "nothing" if case.skipped else "no_license")
    plan = _solved(case, compare=compare, pace=pace)
    beside = _beside(case, plan)
    if beside is not None:
        return made(beside, compare=compare, pace=pace)
    if not plan.found:
        return replace(_without_items(case, "unfinished"), optimal=False, bound=_plain(plan.bound), stopped=True, all_ties=False)
    if plan.infeasible or plan.unknown:
        return replace(_without_items(case, "infeasible"), unmet=_unmet(case, plan), stopped=plan.stopped)
    return _outcome(case, plan)


def _beside(case: Case, plan: planner.Plan) -> Case | None:
    """The case with the duties taken as done that alone stand in the way and that no course fulfills; None where there are none."""
    owed = {str(standing.license.pk): standing for standing in case.owed}
    duties = [unmet for unmet in plan.infeasible if unmet.key in owed and unmet.hours is None and not _counted(owed[unmet.key], unmet)]
    if case.once or not duties or len(duties) < len(plan.infeasible):
        return None
    once: dict[str, tuple[str, ...]] = {}
    for unmet in duties:
        standing = owed[unmet.key]
        facts = replace(standing.facts, done=(*standing.facts.done, Done(unmet.requirement)))
        owed[unmet.key] = replace(standing, facts=facts)
        once[unmet.key] = (*once.get(unmet.key, ()), _line_name(standing, unmet.requirement))
    return replace(case, owed=tuple(owed.values()), once=once)


def _counted(standing: LicenseStanding, unmet: planner.Unmet) -> bool:
    """Whether hours are counted for this requirement, so that it is no duty."""
    return standing.answer is None or standing.answer.missing.get(unmet.requirement, 0) is not None


def _judged(case: Case, standing: LicenseStanding, answers: Mapping[str, Answer]) -> Judged:
    key = str(standing.license.pk)
    return judged_of(standing, answers[key], case.once.get(key, ()))


def _line_name(standing: LicenseStanding, requirement: str) -> str:
    lines = standing.answer.lines if standing.answer else ()
    return next((line.name for line in lines if line.requirement == requirement), requirement)


def core_wishes(wishes: Wishes) -> planner.Wishes:
    """The wishes as the planner takes them."""
    return planner.Wishes(
        budget_cents=wishes.budget_cents,
        most_minutes=wishes.minutes,
        minimize=wishes.minimize,
        prefer_topics=frozenset(wishes.topics),
        prefer_formats=frozenset(wishes.formats),
        by=wishes.by,
    )


def _solved(case: Case, *, compare: bool, pace: planner.Pace) -> planner.Plan:
    licenses = [planner.Owed(str(s.license.pk), s.name, s.rule, s.facts) for s in case.owed if s.rule is not None]
    offers = [offer_of(choice) for choice in case.allowed]
    return planner.plan(licenses, offers, core_wishes(case.wishes), case.today, compare=compare, pace=pace)


def _outcome(case: Case, plan: planner.Plan) -> Outcome:
    days = _days(case, plan)
    answers = answers_with(case.owed, case.choices, days, case.today)
    wrong = [standing.name for standing in case.owed if not _complete(answers[str(standing.license.pk)])]
    if wrong:
        raise AssertionError(f"The planner calls a plan complete that evaluate does not: {', '.join(wrong)}.")
    items = tuple(_item(case, key, on, answers) for key, on in sorted(days.items(), key=lambda pair: (pair[1], pair[0])))
    late = [item for item in items if not item.fixed and case.wishes.minutes_a_month and _behind(case, item, items)]
    late_says = "At your hours a month this is not done in time; where a license would lose by it, the day is the last that helps."
    return Outcome(
        state="planned" if items else "nothing",
        minimize=plan.minimize,
        compared=len(case.allowed),
        unpriced=case.unpriced,
        items=items,
        cost_cents=sum(item.price_cents for item in items),
        minutes=sum(item.minutes for item in items),
        takes=sum(item.takes for item in items),
        optimal=plan.optimal,
        bound=_plain(plan.bound),
        judged=tuple(_judged(case, standing, answers) for standing in case.owed),
        alone=tuple(_alone(case, one) for one in plan.alone),
        swaps=tuple(_swap(case, set(days), other) for other in plan.alternatives[:MOST_SWAPS]),
        unmet=(),
        skipped=case.skipped,
        remarks=(*_assumptions(case), *((late_says,) if late else ())),
        assumed=bool(case.assumed),
        stopped=plan.stopped,
        all_ties=plan.all_ties,
        gap="" if plan.optimal or plan.gap_percent is None else _plain(plan.gap_percent),
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _without_items(case: Case, state: State) -> Outcome:
    standings = case.owed if state in ("infeasible", "unfinished") else ()
    return Outcome(
        state=state,
        minimize=case.wishes.minimize,
        compared=len(case.allowed),
        unpriced=case.unpriced,
        items=(),
        cost_cents=0,
        minutes=0,
        takes=0,
        optimal=True,
        bound="0",
        judged=tuple(judged_of(standing, standing.answer) for standing in standings if standing.answer is not None),
        alone=(),
        swaps=(),
        unmet=(),
        skipped=case.skipped,
        remarks=tuple(_assumptions(case)),
        assumed=bool(case.assumed),
    )


def _reason(standing: LicenseStanding, day: date) -> Skipped | None:
    """Why a license is not planned for; None where it is."""
    key, name, answer = str(standing.license.pk), standing.name, standing.answer
    if standing.rule is None or answer is None:
        return Skipped(key, name, "There is no rule here for it. Enter what your board asks, and it can be planned for.", settled=False)
    if answer.facts_needed:
        return Skipped(key, name, "Something about the license is not entered yet, and its rule needs it.", settled=False)
    if answer.due < day:
        says = f"Its hours were due on {day_in_words(answer.due)}. Enter the new last day once the board has renewed it."
        return Skipped(key, name, says, settled=False)
    if not answer.owed:
        return Skipped(key, name, f"Nothing is owed at this renewal; hours are next reported by {day_in_words(answer.due)}.", settled=True)
    if answer.compliant:
        doubt = "" if answer.certain else " By what we have read; see what is open."
        return Skipped(key, name, f"Nothing more is asked by {day_in_words(answer.due)}.{doubt}", settled=True)
    if answer.unanswered:
        return Skipped(key, name, "A question of its rule is not answered yet, and what is asked depends on it.", settled=False)
    if answer.compliant is None:
        return Skipped(key, name, "What its rule asks is not known well enough to plan by.", settled=False)
    return None


def _complete(answer: Answer | None) -> bool:
    return answer is not None and answer.compliant is True


def _days(case: Case, plan: planner.Plan) -> dict[str, date]:
    """The day of each chosen course, those that can be taken on any day spread over the time there is."""
    chosen = {one.id: one.on for one in plan.chosen}
    answers = answers_with(case.owed, case.choices, chosen, case.today)
    slots = []
    for one in plan.chosen:
        facts = case.choices[one.id].facts
        slots.append(Slot(one.id, one.on, facts.starts_on is not None, facts.takes_minutes or facts.minutes, one.until))

    def holds(days: Mapping[str, date]) -> bool:
        after = answers_with(case.owed, case.choices, days, case.today)
        return all(_complete(after[key]) and after[key].certain >= answers[key].certain for key in after)

    return {slot.id: slot.on for slot in spread(slots, case.today, case.wishes.minutes_a_month, holds)}


def _item(case: Case, key: str, on: date, answers: Mapping[str, Answer]) -> Item:
    choice = case.choices[key]
    facts = choice.facts
    return Item(
        id=key,
        kind=choice.kind,
        ref=choice.ref,
        title=facts.title,
        provider=facts.provider_name,
        url=facts.url,
        starts=facts.starts_on.isoformat() if facts.starts_on else None,
        on=on.isoformat(),
        fixed=facts.starts_on is not None,
        minutes=facts.minutes,
        takes=facts.takes_minutes or facts.minutes,
        price_cents=facts.price_cents or 0,
        format=facts.format,
        topics=tuple(facts.topics),
        course_key=facts.course_key,
        serves=served_by(key, case.owed, answers),
    )


def made_again(case: Case, *, pace: planner.Pace = planner.ENDLESS) -> Outcome | None:
    """The plan of a case if nothing were left out, to compare with; None where nothing is left out."""
    if not any(key in case.choices for key in case.wishes.without):
        return None
    return made(replace(case, wishes=replace(case.wishes, without=())), compare=False, pace=pace)


def _behind(case: Case, item: Item, items: Sequence[Item]) -> bool:
    """Whether the pace is too slow for this course: what comes up to it takes more than there is time."""
    monthly = case.wishes.minutes_a_month or 0
    before = sum(one.takes for one in items if not one.fixed and one.on <= item.on)
    days = (date.fromisoformat(item.on) - case.today).days
    return before > monthly * (days + 1) / DAYS_A_MONTH


def _alone(case: Case, one: planner.Alone) -> Alone:
    minutes = sum(case.choices[chosen.id].facts.minutes for chosen in one.chosen)
    return Alone(one.key, one.name, one.feasible, one.cost_cents, minutes, one.minutes)


def _swap(case: Case, mine: set[str], other: planner.Alternative) -> Swap:
    theirs = {one.id for one in other.chosen}
    minutes = sum(case.choices[key].facts.minutes for key in theirs)

    def named(keys: set[str]) -> tuple[tuple[str, str], ...]:
        return tuple((key, case.choices[key].facts.title) for key in sorted(keys))

    return Swap(named(theirs - mine), named(mine - theirs), other.cost_cents, minutes, other.minutes)


def _unmet(case: Case, plan: planner.Plan) -> tuple[Unmet, ...]:
    """What cannot be met, license by license in the order of their days; what concerns all of them first."""
    owed = {str(standing.license.pk): standing for standing in case.owed}
    places = {key: place for place, key in enumerate(owed)}
    found = []
    for one in sorted(plan.infeasible, key=lambda one: places.get(one.key, -1)):
        standing = owed.get(one.key)
        if standing is None:
            found.append(Unmet(WISHED.get(one.requirement, "Your wishes"), one.what, one.mend))
            continue
        hours = "" if one.hours is None else plain_hours(one.hours)
        found.append(Unmet(standing.name, one.what, one.mend, one.requirement, _line_name(standing, one.requirement), hours))
    return tuple(found)
