"""Works that stood here twice and proved to be one: all that refers to either, in whatever area, is with the one that stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.builders import answer_all, make_appraisal
from perennial.apps.appraisals.services import start_pairing
from perennial.apps.clubs.builders import make_meeting
from perennial.apps.collections.builders import make_kept
from perennial.apps.collections.models import Kept
from perennial.apps.collections.services import collect, drop, note, put
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.evidence.builders import make_digest, make_saved
from perennial.apps.evidence.indexing import follow, opened
from perennial.apps.evidence.passing import pass_on
from perennial.apps.evidence.telling import items_of
from perennial.apps.notices.queries import notices_of
from perennial.apps.practices.builders import make_practice
from perennial.apps.works.builders import make_work
from perennial.apps.works.models import WorkPractice
from perennial.apps.works.queries import Work, standings_of, work_by_id, works_by_ids, works_by_keys
from perennial.apps.works.services import import_retractions, keep_records, say_practices
from perennial.apps.works.uniting import referring
from perennial.core import courses as core
from perennial.core.literature import Record
from perennial.core.literature.test_literature import HEAD
from perennial.core.search import Asked, Group

pytestmark = pytest.mark.django_db
DOI, PMID = "10.1000/twice", "4711"
PROOF = Record(doi=DOI, pmid=PMID, title="Exposure for fear of dogs", year=2020, source="openalex")


@pytest.fixture
def twins() -> tuple[Work, Work]:
    """A work by its DOI, and the same by its PMID."""
    return make_work(doi=DOI, pmid="", title="Exposure, by DOI"), make_work(doi="", pmid=PMID, title="Exposure, by PMID")


def prove() -> None:
    """A record comes that has both numbers."""
    assert keep_records(records=[PROOF], at=timezone.now()).united == 1


def relations() -> Iterator[tuple[type[Model], str]]:
    """Every table and field that refers to works."""
    for model in apps.get_models(include_auto_created=True):
        for one in model._meta.get_fields(include_parents=False):
            if isinstance(one, Field) and one.is_relation and one.related_model is Work:
                yield model, one.name


def test_whatever_refers_to_works_says_what_follows_when_two_are_one() -> None:
    """A new relation is known here when its model has `when_works_join` and this test a row of it (see below)."""
    silent = [model._meta.label for model, _ in relations() if not callable(getattr(model, "when_works_join", None))]
    assert not silent
    assert {id(model) for model, _ in relations()} == {id(one) for one in referring()}


def test_nothing_refers_to_the_one_that_went(twins: tuple[Work, Work]) -> None:
    for work in twins:
        say_practices(work=work, slugs=[make_practice().slug], how="person")
        make_kept(work=work)
        make_meeting(work=work)
        make_appraisal(work=work)
        start_pairing(appraisal=make_appraisal(work=work), at=timezone.now())
    before = Work.objects.create(citation="Before.", joined_into=twins[1], taken_back=True, source="ris", read_at=timezone.now())
    prove()
    stays, gone = twins
    for model, name in relations():
        rows = model._default_manager
        assert rows.filter(**{name: stays.pk}).exists(), f"make a row of {model._meta.label}.{name} here, about each of the two"
        assert not rows.filter(**{name: gone.pk}).exists(), f"{model._meta.label}.{name}"
    before.refresh_from_db()
    assert before.joined_into == stays


def test_a_person_who_kept_both_keeps_both_notes_and_all_collections(twins: tuple[Work, Work]) -> None:
    person, other = make_person(), make_person()
    kept = [make_kept(person=person, work=one) for one in twins]
    for number, one in enumerate(kept, 1):
        note(kept=one, text=f"Note {number}.")
        put(kept=one, collections=[collect(person=person, name="Both"), collect(person=person, name=f"Only {number}")])
    theirs = make_kept(person=other, work=twins[1])
    drop(kept=kept[0], at=timezone.now())
    prove()
    (row,) = Kept.objects.filter(person=person)
    assert (row.work, row.note, row.dropped_at) == (twins[0], "Note 1.\n\nNote 2.", None)
    assert {one.name for one in row.collections.all()} == {"Both", "Only 1", "Only 2"}
    theirs.refresh_from_db()
    assert theirs.work == twins[0]


def test_appraisals_of_both_are_there_with_all_answers(twins: tuple[Work, Work]) -> None:
    person = make_person()
    made = [answer_all(make_appraisal(person=person, work=one)) for one in twins]
    prove()
    for one in made:
        one.refresh_from_db()
        assert (one.work, one.answers.exists()) == (twins[0], True)


def test_of_two_tags_the_surer_stays(twins: tuple[Work, Work]) -> None:
    practice = make_practice()
    for work, how in zip(twins, ("text", "library"), strict=True):
        WorkPractice.objects.create(work=work, practice=practice, how=how)
    prove()
    assert [(one.work, one.how) for one in WorkPractice.objects.all()] == [(twins[0], "library")]


def test_addresses_digests_and_searches_lead_to_the_one_that_stays(client: Client, twins: tuple[Work, Work]) -> None:
    stays, gone = twins
    digest = make_digest(works=[{"work": gone.pk, "because": ["You follow Exposure"]}])
    saved = make_saved(seen=gone.pk)
    follow(at=timezone.now())
    prove()
    assert client.get(f"/works/{gone.pk}/").headers["Location"] == f"/works/{stays.pk}/"
    assert client.get(f"/works/{gone.pk}/").status_code == 301
    assert work_by_id(gone.pk) == stays
    assert works_by_ids([gone.pk, stays.pk]) == [stays]
    (item,) = items_of(digest, works_by_keys([gone.pk]))
    assert (item.work, item.address) == (stays, f"/works/{stays.pk}/")
    assert saved.seen >= stays.pk, "it is not new again"
    follow(at=timezone.now() + timedelta(minutes=5))
    index = opened()
    assert index is not None
    assert [hit.id for hit in index.search(Asked("pmid", (Group("pmid"),))).hits] == [stays.pk]


def test_the_page_tells_why_and_that_it_stood_here_twice(client: Client, twins: tuple[Work, Work]) -> None:
    prove()
    page = client.get(f"/works/{twins[0].pk}/").content.decode()
    assert f"Records of this work were joined because one record carries both DOI {DOI} and PMID {PMID}." in page
    assert "it stood here as two works: they were joined because one record carries both" in page
    assert "The other was “Exposure, by PMID”, of PubMed." in page


def test_a_retraction_of_one_marks_the_joined_work_and_reaches_those_who_took_a_course_once(twins: tuple[Work, Work]) -> None:
    content: Any = replace(make_content(), references=(core.Reference("ref", "A.", DOI, ""),))
    learner = make_enrolment(course=make_course(content)).person
    lines = [
        HEAD.replace("OriginalPaperDOI", "OriginalPaperPubMedID,OriginalPaperDOI"),
        f"7,A,{PMID},,10.1000/n,10/4/2021 0:00,Retraction,+Data;\n",
    ]
    assert import_retractions(lines=lines, at=timezone.now()).kept == 1
    assert pass_on(at=timezone.now()) == 0, "nobody knows yet that it is the work that the course cites"
    assert standings_of([DOI]) == {}
    prove()
    assert standings_of([DOI])[DOI].words == "Retracted"
    assert (pass_on(at=timezone.now()), pass_on(at=timezone.now())) == (1, 0)
    import_retractions(lines=lines, at=timezone.now())
    assert pass_on(at=timezone.now()) == 0
    assert [one.title for one in notices_of(learner)] == ["Retracted: a work cited in a course that you took"]


def test_who_was_told_of_the_one_is_not_told_again_by_the_other(twins: tuple[Work, Work]) -> None:
    content: Any = replace(make_content(), references=(core.Reference("ref", "A.", DOI, ""),))
    learner = make_enrolment(course=make_course(content)).person
    columns = HEAD.replace("OriginalPaperDOI", "OriginalPaperPubMedID,OriginalPaperDOI")
    from_doi = [columns, f"7,A,,{DOI},10.1000/n,10/4/2021 0:00,Retraction,+Data;\n"]
    import_retractions(lines=from_doi, at=timezone.now())
    assert pass_on(at=timezone.now()) == 1
    import_retractions(lines=[columns, f"8,A,{PMID},,10.1000/n,10/4/2021 0:00,Retraction,+Data;\n"], at=timezone.now())
    prove()
    assert pass_on(at=timezone.now()) == 0
    assert len(notices_of(learner)) == 1
