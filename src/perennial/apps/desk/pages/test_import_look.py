"""A file is looked at before anything is written, then taken, left or taken back."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk, make_whole_draft
from perennial.apps.desk.queries import Draft, parts_of, removed_parts_of
from perennial.apps.desk.services import save_part
from perennial.apps.desk.tasks import take_later
from perennial.apps.intakes.builders import make_intake
from perennial.apps.intakes.queries import Intake
from perennial.apps.jobs.queries import Job
from perennial.apps.providers.queries import members_of
from perennial.apps.providers.services import add_member, remove_member

pytestmark = pytest.mark.django_db


def opened(client: Client) -> tuple[Draft, Intake]:
    """A draft with a file for it, of someone who is signed in."""
    person = make_person()
    draft = make_whole_draft(make_desk(person), person=person)
    client.force_login(person)
    return draft, make_intake(draft.provider, person=person, draft=draft.slug)


def press(client: Client, name: str, intake: Intake, **sent: str) -> str:
    """The page after a press."""
    address = reverse(f"desk:{name}", args=[intake.provider.slug, intake.pk])
    return client.post(address, sent, follow=True).content.decode()


def test_the_report_names_every_line_and_nothing_is_written(client: Client) -> None:
    draft, intake = opened(client)
    page = client.get(reverse("desk:intake", args=[draft.provider.slug, intake.pk])).content.decode()
    assert "GIFT: 1 question can be taken. Nothing is written yet." in page
    assert "Line 3: is answered by typing words (&#x27;rest&#x27;)" in page
    assert "1 line of the file stays out; the report names it." in page
    assert len(parts_of(draft).items) == 8
    only = client.get(reverse("desk:intake", args=[draft.provider.slug, intake.pk]), {"only": "refused"}).content.decode()
    assert "Does it help?" not in only


def test_it_is_taken_with_objective_and_section_and_taken_back(client: Client) -> None:
    draft, intake = opened(client)
    page = press(client, "take_intake", intake, objective="o2", section="01-part.md")
    assert "Take it back" in page
    added = parts_of(draft).items[-1]
    assert (added.name, added.data["stem"], added.data["objective"], added.data["section"]) == (
        "sleep",
        "Does it help?",
        "o2",
        "01-part.md",
    )
    assert added.data["options"][0] == {"text": "Yes", "correct": True, "rationale": "It does."}
    assert "was removed again" in press(client, "undo_intake", intake)
    assert len(parts_of(draft).items) == 8
    again = make_intake(draft.provider, draft=draft.slug)
    press(client, "take_intake", again)
    changed = parts_of(draft).items[-1]
    assert changed.name == "sleep"
    save_part(part=changed, data={**changed.data, "stem": "Does rest help?"}, base=1, person=make_person(), at=timezone.now())
    press(client, "undo_intake", again)
    assert [part.data["stem"] for part in removed_parts_of(draft)] == ["Does rest help?"]
    press(client, "take_intake", make_intake(draft.provider, draft=draft.slug))
    assert parts_of(draft).items[-1].name == "sleep-2"


def test_an_objective_that_is_not_there_changes_nothing(client: Client) -> None:
    draft, intake = opened(client)
    assert "leave them open" in press(client, "take_intake", intake, objective="o9")
    assert len(parts_of(draft).items) == 8


def test_a_file_that_is_left_is_gone(client: Client) -> None:
    draft, intake = opened(client)
    assert "Nothing of it was written" in press(client, "leave_intake", intake)
    assert client.get(reverse("desk:intake", args=[draft.provider.slug, intake.pk])).status_code == 404


def test_how_far_the_reading_is_can_be_asked(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    intake = make_intake(make_desk(person), person=person, read=False)
    address = reverse("desk:intake_progress", args=[intake.provider.slug, intake.pk])
    assert client.get(address).json() == {"state": "waiting", "read": 0}
    assert "It is being read" in client.get(reverse("desk:intake", args=[intake.provider.slug, intake.pk])).content.decode()


def test_a_long_report_asks_as_often_as_a_short_one(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    draft, _ = opened(client)
    many = make_intake(draft.provider, draft=draft.slug, data=b"Same? {T}\n\n" * 150)
    address = reverse("desk:intake", args=[draft.provider.slug, many.pk])
    client.get(address)
    with django_assert_num_queries(7):
        assert "Page 2" in client.get(address).content.decode()


def test_a_large_file_is_taken_by_the_worker_and_a_no_is_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, intake = opened(client)
    monkeypatch.setattr("perennial.apps.desk.pages.import_look.AT_ONCE", 10)
    assert "It is being taken, all of it or nothing" in press(client, "take_intake", intake, objective="o1")
    call = Job.objects.get()
    monkeypatch.setattr("perennial.apps.desk.taking.MOST_PARTS", 2)
    take_later.call(**call.kwargs)
    assert "Not taken: nothing was written" in client.get(reverse("desk:intake", args=[draft.provider.slug, intake.pk])).content.decode()
    monkeypatch.undo()
    monkeypatch.setattr("perennial.apps.desk.pages.import_look.AT_ONCE", 10)
    press(client, "take_intake", intake, objective="o1")
    take_later.call(**call.kwargs)
    take_later.call(**call.kwargs)
    assert [part.name for part in parts_of(draft).items][8:] == ["sleep"]
    assert "Take it back" in client.get(reverse("desk:intake", args=[draft.provider.slug, intake.pk])).content.decode()


def test_who_was_removed_while_it_waited_takes_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, intake = opened(client)
    monkeypatch.setattr("perennial.apps.desk.pages.import_look.AT_ONCE", 10)
    press(client, "take_intake", intake, objective="o1")
    call, before = Job.objects.get(), len(parts_of(draft).items)
    staying = make_person()
    add_member(provider=draft.provider, email=staying.email, role="administrator", at=timezone.now())
    leaving = next(one for one in members_of(draft.provider) if one.person_id == call.kwargs["person"])
    remove_member(membership=leaving, at=timezone.now())
    take_later.call(**call.kwargs)
    assert len(parts_of(draft).items) == before
    client.force_login(staying)
    assert "works here no longer" in client.get(reverse("desk:intake", args=[draft.provider.slug, intake.pk])).content.decode()
