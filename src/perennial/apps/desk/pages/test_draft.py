"""A draft at a glance, and its parts in order."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft, make_whole_draft
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.services import save_part

pytestmark = pytest.mark.django_db


def test_parts_are_added_moved_copied_removed_and_brought_back(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug]
    for title in ("Loss & grief", "After"):
        client.post(reverse("desk:add", args=[*names, "section"]), {"title": title})
    assert [part.name for part in parts_of(draft).sections] == ["01-loss-grief", "02-after"]
    client.post(reverse("desk:move_part", args=[*names, "section", "02-after"]), {"to": "up"})
    assert [part.name for part in parts_of(draft).sections] == ["02-after", "01-loss-grief"]
    client.post(reverse("desk:add", args=[*names, "item"]), {"title": "What is grief?"})
    client.post(reverse("desk:copy_part", args=[*names, "item", "i01"]))
    assert [(part.name, part.data["stem"]) for part in parts_of(draft).items] == [("i01", "What is grief?"), ("i02", "What is grief?")]
    page = client.post(reverse("desk:remove_part", args=[*names, "item", "i01"]), follow=True).content.decode()
    assert "Bring back" in page
    client.post(reverse("desk:back_part", args=[*names, "item", "i01"]))
    assert len(parts_of(draft).items) == 2


def test_the_table_shows_what_serves_each_objective(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    page = client.get(reverse("desk:draft", args=[draft.provider.slug, draft.slug])).content.decode()
    assert "o1: List tasks of grieving" in page
    assert "Everything is in order." in page


def test_what_this_site_asks_of_every_course_keeps_a_draft_from_being_in_order(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    outline = parts_of(draft).single["outline"]
    asks_all = {**outline.data, "test": {"ask": 8, "pass_percent": 75}}
    save_part(part=outline, data=asks_all, base=outline.revision, person=person, at=timezone.now())
    client.force_login(person)
    page = client.get(reverse("desk:draft", args=[draft.provider.slug, draft.slug])).content.decode()
    assert "1 thing to mend before it can be published." in page


def test_somebody_elses_draft_is_not_there(client: Client) -> None:
    draft = make_draft()
    client.force_login(make_person())
    assert client.get(reverse("desk:draft", args=[draft.provider.slug, draft.slug])).status_code == 404


def test_a_long_list_of_questions_comes_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perennial.apps.desk.pages.draft.SHOWN", 3)
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    place = reverse("desk:draft", args=[draft.provider.slug, draft.slug])
    assert "Questions 1 to 3 of 8" in client.get(place).content.decode()
    last = client.get(place, {"from": "8"}).content.decode()
    assert "Questions 7 to 8 of 8" in last
    assert 'href="?from=4#items"' in last
    assert 'id="item-i06"' not in last
    assert "Questions 7 to 8 of 8" in client.get(place, {"from": "99"}).content.decode()


def test_a_part_is_called_in_order_only_once_the_course_could_be_judged(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    whole = make_whole_draft(draft.provider, person=person, slug="whole")
    client.force_login(person)
    empty, full = (client.get(reverse("desk:draft", args=[one.provider.slug, one.slug])).content.decode() for one in (draft, whole))
    said = 'Declarations of interest<span class="hide">, '
    assert f"{said}in order" in full
    assert f"{said}in order" not in empty


def test_several_questions_get_an_objective_and_a_section_at_once(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug]
    page = client.get(reverse("desk:draft", args=names)).content.decode()
    assert page.count('name="item"') == 8
    place = reverse("desk:assign", args=names)
    client.post(place, {"item": ["i02", "i03"], "objective": "o2", "section": "02-part.md"})
    told = {part.name: (part.data["objective"], part.data["section"], part.revision) for part in parts_of(draft).items}
    assert (told["i02"], told["i03"]) == (("o2", "02-part.md", 2), ("o2", "02-part.md", 2))
    assert told["i01"] == ("o2", "01-part.md", 1)
    assert client.post(place, {"objective": "o1"}).status_code == 409
    assert client.post(place, {"item": "i01", "objective": "none such"}).status_code == 409


def test_all_questions_that_have_none_yet_get_it_and_the_others_keep_theirs(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    bare = parts_of(draft).items[0]
    save_part(part=bare, data={**bare.data, "objective": "", "section": ""}, base=1, person=person, at=timezone.now())
    sent = {"lacking": "1", "objective": "o1", "section": "02-part.md"}
    page = client.post(reverse("desk:assign", args=[draft.provider.slug, draft.slug]), sent, follow=True).content.decode()
    assert "1 question changed." in page
    assert [(part.data["objective"], part.data["section"]) for part in parts_of(draft).items[:2]] == [
        ("o1", "02-part.md"),
        ("o1", "01-part.md"),
    ]
