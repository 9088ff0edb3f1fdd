"""Drafts are saved part by part, and nobody overwrites anybody."""

import pytest
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft
from perennial.apps.desk.queries import export_of, parts_of, revisions_of
from perennial.apps.desk.services import add_part, bring_part_back, remove_part, save_part
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def test_a_save_on_an_old_state_overwrites_nothing_and_is_kept_beside() -> None:
    draft, now = make_draft(), timezone.now()
    part = parts_of(draft).single["glossary"]
    first = save_part(part=part, data={"glossary": [{"term": "Grief", "means": "One"}]}, base=1, person=make_person(), at=now)
    assert first.aside is None
    late = save_part(part=part, data={"glossary": [{"term": "Grief", "means": "Two"}]}, base=1, person=make_person(), at=now)
    assert late.part.data["glossary"][0]["means"] == "One"
    assert late.aside is not None
    assert late.aside.data["glossary"][0]["means"] == "Two"
    assert [(row.number, row.aside) for row in revisions_of(part)] == [(3, True), (2, False), (1, False)]
    again = save_part(part=part, data=late.aside.data, base=late.part.revision, person=make_person(), at=now)
    assert again.aside is None
    assert again.part.revision == 4


def test_saving_the_same_again_makes_no_revision() -> None:
    part = parts_of(make_draft()).single["glossary"]
    save_part(part=part, data=part.data, base=1, person=make_person(), at=timezone.now())
    assert len(revisions_of(part)) == 1


def test_a_removed_part_comes_back_where_it_was() -> None:
    draft, now = make_draft(), timezone.now()
    made = [add_part(draft=draft, kind="item", name=f"i{number}", data={}, person=None, at=now) for number in range(3)]
    remove_part(part=made[1], at=now)
    assert [part.name for part in parts_of(draft).items] == ["i0", "i2"]
    bring_part_back(part=made[1], at=now)
    assert [part.name for part in parts_of(draft).items] == ["i0", "i1", "i2"]


def test_what_every_course_has_is_not_removed() -> None:
    with pytest.raises(Refusal, match="belongs to every course"):
        remove_part(part=parts_of(make_draft()).single["about"], at=timezone.now())


def test_the_title_in_lists_follows_the_part_about_the_course() -> None:
    draft = make_draft()
    about = parts_of(draft).single["about"]
    save_part(part=about, data={**about.data, "title": "Grief, and after"}, base=1, person=make_person(), at=timezone.now())
    draft.refresh_from_db()
    assert draft.title == "Grief, and after"


def test_a_persons_record_names_their_desks_and_what_they_began() -> None:
    person = make_person()
    draft = make_draft(person=person)
    found = export_of(person)
    assert [(one["provider"], one["role"]) for one in found["desks"]] == [(draft.provider.name, "administrator")]
    assert [one["course"] for one in found["drafts_begun"]] == [draft.slug]
    assert export_of(make_person()) == {"desks": [], "drafts_begun": []}
