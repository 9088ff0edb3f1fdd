"""Cartridges become courses, and what is taken can be taken back; a whole bank in few queries."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk, make_draft
from perennial.apps.desk.queries import Draft, parts_of
from perennial.apps.desk.reading import read_draft
from perennial.apps.desk.taking import Wishes, take_back, take_intake
from perennial.apps.intakes.builders import make_intake
from perennial.core.questions.builders import cartridge
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
LINK = (
    '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>A guide</title><url href="https://example.org/g"/></webLink>'
)
FILES = {"a.html": "<h1>Grief</h1><p>Words on grief.</p>", "l.xml": LINK}
TYPES = {"a.html": "webcontent", "l.xml": "imswl_xmlv1p3"}


def test_a_cartridge_becomes_a_new_draft_and_goes_again() -> None:
    person = make_person()
    provider = make_desk(person)
    intake = make_intake(provider, person=person, name="grief.imscc", data=cartridge(FILES, TYPES, {"a.html": "On grief"}))
    draft = take_intake(intake=intake, draft=None, person=person, wishes=Wishes(), at=timezone.now())
    parts = parts_of(draft)
    assert draft.title == "A cartridge"
    assert [(part.name, part.data["title"]) for part in parts.sections] == [("01-on-grief", "On grief")]
    assert "Words on grief." in parts.sections[0].data["text"]
    assert parts.single["references"].data["references"] == [
        {"id": "a-guide", "text": "A guide", "doi": "", "url": "https://example.org/g"}
    ]
    intake.refresh_from_db()
    take_back(intake=intake, draft=draft, person=person, at=timezone.now())
    assert Draft.objects.get(pk=draft.pk).removed_at is not None


def test_taking_back_leaves_what_was_there_before() -> None:
    person = make_person()
    provider = make_desk(person)
    first = make_intake(provider, person=person, name="grief.imscc", data=cartridge(FILES, TYPES))
    draft = take_intake(intake=first, draft=None, person=person, wishes=Wishes(), at=timezone.now())
    other = cartridge({**FILES, "l.xml": LINK.replace("/g", "/h")}, TYPES)
    second = make_intake(provider, person=person, draft=draft.slug, name="more.imscc", data=other)
    take_intake(intake=second, draft=draft, person=person, wishes=Wishes(), at=timezone.now())
    assert len(parts_of(draft).sections) == 2
    second.refresh_from_db()
    take_back(intake=second, draft=draft, person=person, at=timezone.now())
    parts = parts_of(draft)
    assert len(parts.sections) == 1
    assert [entry["url"] for entry in parts.single["references"].data["references"]] == ["https://example.org/g"]


def test_every_kind_comes_into_the_course_as_it_was_read() -> None:
    person = make_person()
    numbers = "How many? {#2.5:0.5}\n\nMatch. {=a -> x =b -> y = -> z}\n\nWhy? {}\n"
    data = f"One? {{=a ~b}}\n\nMany? {{~%50%a ~%50%b ~c}}\n\nTrue? {{T}}\n\n{numbers}"
    intake = make_intake(make_desk(person), person=person, data=data.encode())
    draft = take_intake(intake=intake, draft=None, person=person, wishes=Wishes(), at=timezone.now())
    items = [part.data for part in parts_of(draft).items]
    assert [item["kind"] for item in items] == ["single", "multiple", "true_false", "numeric", "matching", "reflection"]
    assert items[3]["numeric"] == {"value": "2.5", "tolerance": "0.5", "unit": ""}
    assert items[4]["pairs"] == [{"left": "a", "right": "x"}, {"left": "b", "right": "y"}, {"left": "", "right": "z"}]
    of_items = [problem.where for problem in read_draft(draft).problems if "items.toml" in problem.where]
    assert all(where.endswith((".objective", ".section")) for where in of_items), of_items


def test_a_bank_is_taken_in_as_many_queries_as_one_question(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    provider = make_desk(person)
    draft = make_draft(provider, person=person)
    for data in (b"One? {=a ~b}", b"Many? {=a ~b}\n\n" * 300):
        intake = make_intake(provider, person=person, draft=draft.slug, data=data)
        with django_assert_max_num_queries(30):
            take_intake(intake=intake, draft=draft, person=person, wishes=Wishes(), at=timezone.now())
    assert len(parts_of(draft).items) == 301


def test_more_parts_than_a_course_holds_are_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perennial.apps.desk.taking.MOST_PARTS", 10)
    person = make_person()
    provider = make_desk(person)
    draft = make_draft(provider, person=person)
    at_most = make_intake(provider, person=person, draft=draft.slug, data=b"One? {T}\n\nTwo? {T}")
    take_intake(intake=at_most, draft=draft, person=person, wishes=Wishes(), at=timezone.now())
    one_more = make_intake(provider, person=person, draft=draft.slug, data=b"Three? {T}")
    with pytest.raises(Refusal, match="would make 11"):
        take_intake(intake=one_more, draft=draft, person=person, wishes=Wishes(), at=timezone.now())
    assert len(parts_of(draft).items) == 2


def test_nothing_to_take_is_refused_and_begins_no_course() -> None:
    person = make_person()
    intake = make_intake(make_desk(person), person=person, data=b"Name it. {=rest}")
    with pytest.raises(Refusal, match="nothing in this file"):
        take_intake(intake=intake, draft=None, person=person, wishes=Wishes(), at=timezone.now())
    assert not Draft.objects.exists()
