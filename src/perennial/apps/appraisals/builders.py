"""Makes valid appraisals for tests."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.appraisals.models import Appraisal, Pairing
from perennial.apps.appraisals.queries import form_in
from perennial.apps.appraisals.services import Words, finish_appraisal, join_pairing, save_answer, start_appraisal, start_pairing
from perennial.apps.works.builders import make_work
from perennial.apps.works.queries import Work


def make_appraisal(*, person: Person | None = None, work: Work | None = None, design: str = "randomized_trial") -> Appraisal:
    """An open appraisal."""
    return start_appraisal(
        person=person or make_person(),
        work=work or make_work(title="Walking for low mood: a randomized trial"),
        design=design,
        at=timezone.now(),
    )


def answer_all(appraisal: Appraisal, said: str = "yes", but: Mapping[str, str] | None = None, at: datetime | None = None) -> Appraisal:
    """The same appraisal with every question answered, one a minute, and finished."""
    moment = at or timezone.now()
    for place, item in enumerate(form_in(appraisal.form).items):
        moment += timedelta(minutes=min(place, 1))
        save_answer(appraisal=appraisal, item=item.id, said=(but or {}).get(item.id, said), words=Words(page="4", note="Seen."), at=moment)
    return finish_appraisal(appraisal=appraisal, at=moment)


def make_pair(*, first: Person | None = None, second: Person | None = None) -> tuple[Pairing, Appraisal, Appraisal]:
    """A pair of raters with the open appraisal of each."""
    mine = make_appraisal(person=first)
    pairing = start_pairing(appraisal=mine, at=timezone.now())
    theirs = join_pairing(pairing=pairing, person=second or make_person(), at=timezone.now())
    mine.refresh_from_db()
    return pairing, mine, theirs
