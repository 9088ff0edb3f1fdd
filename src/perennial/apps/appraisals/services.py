"""What can be done with appraisals: start, answer, finish, correct, compare with one's clients, show to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.appraisals.library import forms
from perennial.apps.appraisals.models import Answer, Applicability, Appraisal, FormVersion, GymTry, Share
from perennial.apps.appraisals.pairing import agree_on, is_blind, join_pairing, start_pairing, tell_other_rater
from perennial.apps.appraisals.queries import form_in
from perennial.apps.works.queries import Work
from perennial.core import appraisal as core
from perennial.core.values import Refusal, written

__all__ = [
    "Words",
    "agree_on",
    "correct_appraisal",
    "end_share",
    "finish_appraisal",
    "finished_minutes",
    "form_for",
    "join_pairing",
    "keep_form",
    "practice",
    "save_answer",
    "save_clients",
    "save_said",
    "share_appraisal",
    "start_appraisal",
    "start_by",
    "start_pairing",
]
LOCKED = "This appraisal is finished and stays as it is. Start a correction to change an answer."
MOST_SHARES = 50


@dataclass(frozen=True, slots=True)
class Words:
    """What is written beside an answer: the page, a few words of the paper, a note."""

    page: str = ""
    quote: str = ""
    note: str = ""


def keep_form(form: core.Form) -> FormVersion:
    """The form as it is now, kept once."""
    values = {"design": form.design, "version": form.version, "content": core.plain(form)}
    return FormVersion.objects.get_or_create(digest=form.digest, defaults=values)[0]


@transaction.atomic
def start_appraisal(*, person: Person, work: Work, design: str, at: datetime) -> Appraisal:
    """Begin an appraisal; one of the same work by the same form that is open already is gone on with. Refused for an unknown design."""
    return start_by(person=person, work=work, kept=form_for(design), at=at)


@transaction.atomic
def start_by(*, person: Person, work: Work, kept: FormVersion, at: datetime) -> Appraisal:
    """The same by a form as it was kept, so that several people answer the same questions."""
    FormVersion.objects.select_for_update().get(pk=kept.pk)  # two presses of the button wait for one another
    open_one = Appraisal.objects.filter(person=person, work=work, form=kept, finished_at=None, pairing=None).first()
    return open_one or Appraisal.objects.create(person=person, work=work, form=kept, started_at=at)


def form_for(design: str) -> FormVersion:
    """The form for a design as it is now, kept. Refused for an unknown design."""
    form = forms().get(design)
    if form is None:
        raise Refusal("Choose the form that fits the design of the study.")
    return keep_form(form)


@transaction.atomic
def save_answer(*, appraisal: Appraisal, item: str, said: str, words: Words, at: datetime) -> Answer:
    """Keep an answer above the earlier ones; the same again is kept once. Refused once the appraisal is finished."""
    _open(appraisal)
    if form_in(appraisal.form).item(item) is None or said not in set(core.Answer):
        raise Refusal("Choose one of the five answers. To change your words alone, choose your answer again.")
    values = {
        "said": said,
        "page": written(words.page, "page", 20),
        "quote": written(words.quote, "quotation", 200),
        "note": written(words.note, "note", 600),
    }
    last = Answer.objects.filter(appraisal=appraisal, item=item).last()
    if last and not last.carried and all(getattr(last, name) == value for name, value in values.items()):
        return last
    return Answer.objects.create(appraisal=appraisal, item=item, at=at, **values)


@transaction.atomic
def save_said(*, appraisal: Appraisal, said: str) -> None:
    """Keep what the person takes from the work, in their own words. Refused once the appraisal is finished."""
    row = _open(appraisal)
    row.said = written(said, "conclusion", 2000)
    row.save(update_fields=["said"])


@transaction.atomic
def finish_appraisal(*, appraisal: Appraisal, at: datetime) -> Appraisal:
    """Lock the appraisal; twice is once. Refused while a question has no answer, and says which."""
    row = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if row.finished_at:
        return row
    answered = set(Answer.objects.filter(appraisal=row).values_list("item", flat=True))
    missing = [item.question for item in form_in(row.form).items if item.id not in answered]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise Refusal(f"Answer every question first; “not reported” is an answer. Still open: “{missing[0]}”{more}.")
    row.finished_at = max(at, row.started_at)
    row.save(update_fields=["finished_at"])
    tell_other_rater(row)
    return row


@transaction.atomic
def correct_appraisal(*, appraisal: Appraisal, at: datetime) -> Appraisal:
    """A new version with the same answers, to change what was wrong; the finished one stays. Twice gives the same new version."""
    row = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if row.finished_at is None:
        raise Refusal("This appraisal is still open. Change its answers as they are.")
    if is_blind(row):
        raise Refusal("Wait until the other rater has finished. Then the first versions are compared, and you can correct yours.")
    new, made = Appraisal.objects.get_or_create(
        corrects=row,
        defaults={
            "person": row.person,
            "work_id": row.work_id,
            "form_id": row.form_id,
            "number": row.number + 1,
            "said": row.said,
            "started_at": at,
        },
    )
    if made:
        standing = {one.item: one for one in Answer.objects.filter(appraisal=row)}
        Answer.objects.bulk_create(
            Answer(appraisal=new, item=one.item, said=one.said, page=one.page, quote=one.quote, note=one.note, at=at, carried=True)
            for one in standing.values()
        )
    return new


@transaction.atomic
def save_clients(*, appraisal: Appraisal, told: Mapping[str, core.Told], at: datetime) -> None:
    """Keep the comparison with one's clients; also after the appraisal is finished, since clients change."""
    kept = {
        aspect.id: {
            "study": written(one.study, f"study's {aspect.title.lower()}", 200),
            "mine": written(one.mine, f"clients' {aspect.title.lower()}", 200),
            "found": one.found if one.found in set(core.Compared) else "",
        }
        for aspect in core.ASPECTS
        if (one := told.get(aspect.id)) and (one.study.strip() or one.mine.strip() or one.found)
    }
    Applicability.objects.update_or_create(appraisal=appraisal, defaults={"told": kept, "changed_at": at})


@transaction.atomic
def share_appraisal(*, appraisal: Appraisal, email: str, at: datetime) -> Share:
    """Show a finished appraisal to the person with this address, or with an empty one to everybody; twice is once."""
    row = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if row.finished_at is None:
        raise Refusal("Finish the appraisal first; what is still open is yours alone.")
    if is_blind(row):
        raise Refusal("The other rater has not finished. Until then nobody may see your answers, so that theirs stay their own.")
    plain = email.strip().lower()
    try:
        validate_email(plain or "everybody@example.org")
    except ValidationError as fault:
        raise Refusal("This is not an e-mail address. Write the one with which the person signs in here.") from fault
    if Share.objects.filter(appraisal=row, ended_at=None).count() >= MOST_SHARES:
        raise Refusal(f"An appraisal is shown to at most {MOST_SHARES} people. Show it to everybody, or end one.")
    return Share.objects.get_or_create(appraisal=row, email=plain, ended_at=None, defaults={"made_at": at})[0]


@transaction.atomic
def end_share(*, appraisal: Appraisal, pk: int, at: datetime) -> None:
    """Show it no longer; twice is once."""
    Share.objects.filter(appraisal=appraisal, pk=pk, ended_at=None).update(ended_at=at)


def practice(*, person: Person, example: core.Example, item: str, said: str, at: datetime) -> GymTry:
    """Keep a try in the gym. Refused where the answer is none of the five."""
    key = example.key(item)
    if key is None or said not in set(core.Answer):
        raise Refusal("Choose one of the five answers.")
    return GymTry.objects.create(
        person=person, design=example.design, example=example.id, item=item, said=said, right=key.accepts(said), at=at
    )


def finished_minutes(appraisal: Appraisal) -> int | None:
    """Whole minutes spent on a finished appraisal, for whoever awards credit: from the first to the last answer, gaps of more than five
    minutes left out. None while it is open. One query. Answers taken over from an earlier version are no time spent."""
    if appraisal.finished_at is None:
        return None
    return core.minutes_spent(Answer.objects.filter(appraisal=appraisal, carried=False).values_list("at", flat=True))


def _open(appraisal: Appraisal) -> Appraisal:
    row = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if row.finished_at:
        raise Refusal(LOCKED)
    return row
