"""Two raters of one work: each alone until both have finished, then compared, then agreed where they differ."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from perennial.apps.accounts.queries import Person
from perennial.apps.appraisals.models import Appraisal, Consensus, FormVersion, Pairing
from perennial.apps.appraisals.queries import answers_of, form_in, given_in
from perennial.apps.notices.services import notify
from perennial.core import appraisal as core
from perennial.core.values import Refusal, written


@dataclass(frozen=True, slots=True)
class Compared:
    """What two finished appraisals give: both with their answers as rows by question, and how far they agree."""

    first: Appraisal
    second: Appraisal
    rows: tuple[dict[str, core.Answer], dict[str, core.Answer]]
    notes: tuple[dict[str, str], dict[str, str]]
    agreement: core.Agreement
    differences: list[core.Difference]


def is_blind(appraisal: Appraisal) -> bool:
    """Whether nobody but the rater may see it, since the other rater of the pair has not finished; at most one query."""
    if appraisal.pairing_id is None:
        return False
    return Appraisal.objects.filter(pairing=appraisal.pairing_id, finished_at__isnull=False).count() < 2


def appraisals_in(pairing: Pairing) -> dict[int, Appraisal]:
    """The appraisals of a pair by person; one query."""
    return {row.person_id: row for row in Appraisal.objects.filter(pairing=pairing).select_related("person")}


def compared(pairing: Pairing, mine: dict[int, Appraisal]) -> Compared | None:
    """How far the two agree; None until both have finished. Two queries."""
    first, second = mine.get(pairing.person_id), mine.get(pairing.second_id or 0)
    if first is None or second is None or first.finished_at is None or second.finished_at is None:
        return None
    kept = answers_of(first), answers_of(second)
    rows = given_in(kept[0]), given_in(kept[1])
    items = [item.id for item in form_in(pairing.form).items]
    notes = [{item: row.note for item, row in one.items()} for one in kept]
    return Compared(first, second, rows, (notes[0], notes[1]), core.agree(*rows, items), core.differences(*rows, items))


def tell_other_rater(appraisal: Appraisal) -> None:
    """Tell the other rater of a pair that both have finished; told once, and of nothing before that."""
    if appraisal.pairing_id is None or is_blind(appraisal):
        return
    other = Appraisal.objects.select_related("person", "work").filter(pairing=appraisal.pairing_id).exclude(pk=appraisal.pk).get()
    notify(
        person=other.person,
        kind="appraisals-compared",
        title="Both of you have finished an appraisal",
        text=f"See how far you agree on: {other.work.title or other.work.citation}"[:500],
        link=reverse("appraisals:pair", args=[appraisal.pairing_id]),
        key=f"appraisal-pair:{appraisal.pairing_id}:{other.pk}",
    )


@transaction.atomic
def start_pairing(*, appraisal: Appraisal, at: datetime) -> Pairing:
    """Ask for a second rater of an appraisal that is one's own and alone; twice gives the same pair."""
    row = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if row.pairing_id:
        return Pairing.objects.get(pk=row.pairing_id)
    if row.corrects_id:
        raise Refusal("A corrected appraisal is not rated by two: start a new one for that.")
    if row.shares.exists():
        raise Refusal("This appraisal was shown to others, so a second rater might know it. Start a new one for a pair.")
    row.pairing = Pairing.objects.create(work_id=row.work_id, form_id=row.form_id, person_id=row.person_id, made_at=at)
    row.save(update_fields=["pairing"])
    return row.pairing


@transaction.atomic
def join_pairing(*, pairing: Pairing, person: Person, at: datetime) -> Appraisal:
    """Become the second rater, with an appraisal of one's own; twice is once. Refused for the first rater and where there is a second."""
    row = Pairing.objects.select_for_update().get(pk=pairing.pk)
    if person.pk == row.person_id:
        raise Refusal("You are the first rater. Send the address to the second one.")
    if row.second_id not in (None, person.pk):
        raise Refusal("This pair has two raters already. Ask the first rater for a pair of your own.")
    if row.second_id is None:
        row.second, row.joined_at = person, at
        row.save(update_fields=["second", "joined_at"])
    form = FormVersion.objects.get(pk=row.form_id)
    return Appraisal.objects.get_or_create(pairing=row, person=person, defaults={"work_id": row.work_id, "form": form, "started_at": at})[0]


@transaction.atomic
def agree_on(*, pairing: Pairing, person: Person, item: str, said: str, reason: str, at: datetime) -> Consensus:
    """Keep what the pair agreed on for a question they answered differently, and why. Refused until both have finished."""
    both = compared(pairing, appraisals_in(pairing))
    if both is None:
        raise Refusal("Both raters finish first. Then the differences stand here.")
    if item not in {one.item for one in both.differences} or said not in set(core.Answer):
        raise Refusal("Choose one of the five answers for a question that you answered differently.")
    text = written(reason, "reason", 600, required=True)
    last = Consensus.objects.filter(pairing=pairing, item=item).last()
    if last and (last.said, last.reason) == (said, text):
        return last
    return Consensus.objects.create(pairing=pairing, item=item, said=said, reason=text, by=person, at=at)
