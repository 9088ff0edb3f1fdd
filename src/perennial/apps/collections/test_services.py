"""One's own library: kept once, taken out and put back, taken over from files and given out again."""

import io
import json

import pytest
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.collections.builders import make_kept
from perennial.apps.collections.models import Kept
from perennial.apps.collections.queries import FORMATS, collections_of, export_of, file_of, library_of, references_of
from perennial.apps.collections.services import TakenOver, collect, drop, form_of, note, put, rename, restore, scatter, take_over
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.queries import Work
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
RIS = """TY  - JOUR
AU  - Sample, Ana M.
TI  - A trial of samples
JO  - Journal of Samples
PY  - 2019
DO  - 10.1000/known
ER  -
TY  - BOOK
AU  - Example, Ben
TI  - Samples at work
PY  - 2003
ER  -
"""


def over(person: Person, text: str, form: str = "ris") -> TakenOver:
    return take_over(person=person, file=io.BytesIO(text.encode()), form=form, collection=None, at=timezone.now())


def test_a_work_is_kept_once_and_comes_back_with_its_note() -> None:
    kept = make_kept()
    note(kept=kept, text="For the seminar")
    drop(kept=kept, at=timezone.now())
    assert library_of(kept.person).count == 0
    again = make_kept(person=kept.person, work=kept.work)
    assert (again.pk, again.note, library_of(kept.person).count) == (kept.pk, "For the seminar", 1)
    drop(kept=again, at=timezone.now())
    assert restore(kept=again).dropped_at is None


def test_a_file_joins_what_the_site_knows_and_keeps_the_rest_as_ones_own() -> None:
    person, work = make_person(), make_work(doi="10.1000/known")
    done = over(person, RIS)
    assert (done.new, done.known, done.there, done.unread) == (2, 1, 0, 0)
    again = over(person, RIS)
    assert (again.new, again.there) == (0, 2)
    assert {row.work for row in Kept.objects.all()} == {work, None}
    assert Work.objects.count() == 1  # nobody else sees what one person's file says


def test_entries_that_cannot_be_read_are_named_and_the_others_are_taken() -> None:
    done = over(make_person(), RIS + "TY  - JOUR\nTI  - Without an end\nTY  - JOUR\nTI  - With one\nER  -\n")
    assert (done.new, done.unread) == (3, 1)
    assert "line 13" in done.problems[0].where


@pytest.mark.parametrize("form", list(FORMATS))
def test_what_goes_out_comes_in_again_the_same(form: str) -> None:
    person, other = make_person(), make_person()
    over(person, RIS)
    text = file_of(person, form, None)
    assert form_of(text.encode()[:2048]) == form
    done = over(other, text, form)
    assert (done.new, done.unread) == (2, 0)
    assert references_of(other, "vancouver", None) == references_of(person, "vancouver", None)


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(Refusal, match="RIS, BibTeX or CSL-JSON"):
        form_of(b"%PDF-1.7")


def test_collections_hold_works_and_go_without_them() -> None:
    kept = make_kept()
    trauma, mine = collect(person=kept.person, name="Trauma"), collect(person=kept.person, name=" Mine ")
    assert collect(person=kept.person, name="Mine") == mine
    put(kept=kept, collections=[trauma])
    assert [(one.name, one.held) for one in collections_of(kept.person)] == [("Mine", 0), ("Trauma", 1)]  # type: ignore[attr-defined]  # counted by the query
    with pytest.raises(Refusal, match="already"):
        rename(collection=mine, name="Trauma")
    scatter(collection=trauma)
    assert library_of(kept.person).count == 1
    with pytest.raises(ValueError, match="somebody else"):
        put(kept=kept, collections=[collect(person=make_person(), name="Other")])


def test_a_retracted_work_is_marked() -> None:
    kept = make_kept()
    make_notice(work=kept.work)
    (shelved,) = library_of(kept.person).shelved
    assert shelved.marked is not None


def test_words_are_sought_in_title_citation_and_note() -> None:
    kept = make_kept(work=make_work(title="Exposure and relaxation"))
    note(kept=kept, text="seminar")
    for words, count in (("relax expos", 1), ("SEMINAR", 1), ("absent", 0)):
        assert library_of(kept.person, words=words).count == count


def test_the_record_holds_the_library() -> None:
    person = make_person()
    over(person, RIS)
    assert sorted(row["title"] for row in json.loads(json.dumps(export_of(person)))["library"]) == ["A trial of samples", "Samples at work"]
