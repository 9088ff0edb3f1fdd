"""Reads how the questions of a bank were answered, in all its versions together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.models import Attempt, Bank, Item, KeyCorrection
from perennial.apps.assessments.paper import Question
from perennial.apps.assessments.papers import papers_of, question_of
from perennial.core import scoring
from perennial.core.scoring import analysis

AT_ONCE = 1000
PRETEST = "pretest:"  # how purposes of attempts begin that are asked before reading
RECALL = "recall:"  # and of those asked again some time after a course


@dataclass(frozen=True, slots=True)
class BankAnalysis:
    """The newest bank's questions that count, in order, each with its analysis; and the whole."""

    whole: analysis.Analysis
    items: tuple[tuple[Item, Question, analysis.ItemAnalysis], ...]


def analysis_of(bank: Bank) -> BankAnalysis:
    """The analysis of this version's questions over first attempts at every version. A changed question begins anew.

    Four queries, and two more for each further thousand attempts.
    """
    questions = [(item, question_of(0, place, item, None)) for place, item in enumerate(Item.objects.filter(bank=bank), 1)]
    counted = [(item, question) for item, question in questions if question.item.pretest is False and question.scored]
    known = {question.item_id: question.item for _, question in counted}
    found = analysis.analyse(
        [_asked(question) for _, question in counted], [_marked(questions, known) for questions in _first(bank.owner_key)]
    )
    return BankAnalysis(found, tuple((item, question, one) for (item, question), one in zip(counted, found.items, strict=True)))


def _first(owner_key: str) -> Iterable[tuple[Question, ...]]:
    """The questions of each person's first attempt, handed in."""
    attempts = Attempt.objects.filter(bank__owner_key=owner_key, number=1, submitted_at__isnull=False)
    attempts = attempts.exclude(purpose_key__startswith=PRETEST).exclude(purpose_key__startswith=RECALL)
    firsts: dict[int, Attempt] = {}
    for attempt in attempts.order_by("pk"):
        firsts.setdefault(attempt.person_id, attempt)
    ordered = list(firsts.values())
    for start in range(0, len(ordered), AT_ONCE):
        yield from (paper.questions for paper in papers_of(ordered[start : start + AT_ONCE]))


def _asked(question: Question) -> analysis.Asked:
    options = question.item.options
    return analysis.Asked(question.item_id, len(options), frozenset(place for place, option in enumerate(options) if option.correct))


def _marked(questions: Iterable[Question], known: Mapping[str, object]) -> dict[str, analysis.Marked]:
    """How an attempt answered those questions that still stand as they were asked."""
    return {
        one.item_id: analysis.Marked(one.right, tuple(one.given or ()) if one.kind in scoring.CHOSEN else ())
        for one in questions
        if one.scored and known.get(one.item_id) == one.item
    }


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of a key in every version at once, and what it did."""

    entry: KeyCorrection
    by: Person | None
    attempts: int
    raised: int
    passing: int
    done: bool


def corrections_of(bank: Bank, item_id: str) -> list[Correction]:
    """What was corrected about a question, the last first; two queries."""
    entries = KeyCorrection.objects.filter(item__bank__owner_key=bank.owner_key, item__item_id=item_id).select_related("by")
    found: dict[tuple[object, ...], list[KeyCorrection]] = {}
    for entry in entries.prefetch_related("regrades"):
        found.setdefault((entry.at, entry.reason), []).append(entry)
    return [_together(entries) for entries in reversed(found.values())]


def _together(entries: list[KeyCorrection]) -> Correction:
    grades = [grade for entry in entries for grade in entry.regrades.all()]
    return Correction(
        entry=entries[0],
        by=entries[0].by,
        attempts=len(grades),
        raised=sum(grade.percent_by_key > grade.percent_before for grade in grades),
        passing=sum(grade.passed_after and not grade.passed_before for grade in grades),
        done=all(entry.done_at for entry in entries),
    )
