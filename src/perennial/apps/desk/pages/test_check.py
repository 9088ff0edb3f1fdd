"""The check of a draft, and publishing it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_enrolment
from perennial.apps.courses.queries import current_course, folder_of, latest_version
from perennial.apps.desk.archive import unpack
from perennial.apps.desk.builders import make_desk, make_draft, make_whole_draft
from perennial.apps.desk.media import add_file
from perennial.apps.desk.models import Draft
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.services import save_part
from perennial.apps.providers.queries import provider_by_slug

pytestmark = pytest.mark.django_db


def names(draft: Draft) -> list[str]:
    """What names the draft in addresses."""
    return [draft.provider.slug, draft.slug]


def test_each_thing_to_mend_leads_to_its_part(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    page = client.get(reverse("desk:check", args=names(draft))).content.decode()
    assert reverse("desk:part", args=[*names(draft), "about"]) in page
    assert 'action="' + reverse("desk:publish", args=names(draft)) not in page
    assert client.post(reverse("desk:publish", args=names(draft))).status_code == 409
    assert latest_version(draft.slug, draft.provider.slug) is None


def test_what_has_no_part_yet_leads_to_the_list_in_which_it_is_added(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    page = client.get(reverse("desk:check", args=names(draft))).content.decode()
    home = reverse("desk:draft", args=names(draft))
    assert f'<a href="{home}#sections">Sections</a>' in page
    assert f'<a href="{home}#items">Questions</a>' in page
    shown = client.get(home).content.decode()
    assert 'id="sections"' in shown
    assert 'id="items"' in shown


def test_a_chosen_body_keeps_a_course_without_its_approval_from_being_published(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    page = client.post(reverse("desk:choose", args=names(draft)), {"bodies": ["APA", "NONE"]}, follow=True).content.decode()
    assert "to mend" in page
    assert reverse("desk:approvals", args=[draft.provider.slug]) in page
    assert client.post(reverse("desk:publish", args=names(draft))).status_code == 409


def test_what_a_body_asks_shows_while_one_question_cannot_be_read(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    item = parts_of(draft).items[2]
    save_part(part=item, data={**item.data, "stem": ""}, base=1, person=person, at=timezone.now())
    client.force_login(person)
    page = client.post(reverse("desk:choose", args=names(draft)), {"bodies": ["APA"]}, follow=True).content.decode()
    assert reverse("desk:approvals", args=[draft.provider.slug]) in page  # what the body asks of the provider
    assert "Judged without what cannot be read yet" in page
    assert ">i03: no question yet</a>" in page
    assert client.post(reverse("desk:publish", args=names(draft))).status_code == 409


def test_a_course_is_published_changed_withdrawn_and_offered_again(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    client.post(reverse("desk:publish", args=names(draft)))
    first = current_course(draft.slug)
    assert first is not None
    assert first.provider == draft.provider.slug
    reader = make_enrolment(course=first, read=False)
    about = parts_of(draft).single["about"]
    save_part(part=about, data={**about.data, "needs": "An hour."}, base=about.revision, person=person, at=timezone.now())
    client.post(reverse("desk:publish", args=names(draft)))
    second = current_course(draft.slug)
    assert second is not None
    assert (first.version, second.version) == (1, 2)
    assert parts_of(draft).single["about"].data["version"] == 2
    reader.refresh_from_db()
    assert reader.course_id == first.pk
    assert "What is offered is what stands here." in client.get(reverse("desk:check", args=names(draft))).content.decode()
    client.post(reverse("desk:withdraw", args=names(draft)))
    assert current_course(draft.slug) is None
    client.post(reverse("desk:offer_again", args=names(draft)))
    assert current_course(draft.slug) == second


def test_where_staff_confirm_providers_a_new_one_is_found_by_link_alone_until_then(client: Client, settings: Settings) -> None:
    settings.OPEN_CATALOG = False
    person = make_person()
    draft = make_whole_draft(make_desk(person), person=person)
    client.force_login(person)
    client.post(reverse("desk:publish", args=names(draft)))
    assert client.get(reverse("courses:course", args=[draft.slug])).status_code == 200
    assert draft.title not in client.get(reverse("courses:catalog")).content.decode()
    assert client.get(reverse("desk:confirming")).status_code == 404
    client.force_login(make_person(is_staff=True))
    assert draft.provider.name in client.get(reverse("desk:confirming")).content.decode()
    client.post(reverse("desk:confirming"), {"provider": draft.provider.slug})
    assert draft.title in client.get(reverse("courses:catalog")).content.decode()
    provider = provider_by_slug(draft.provider.slug)
    assert provider is not None
    assert provider.is_confirmed


def test_files_go_with_the_version_and_another_picture_of_the_same_name_is_another_version(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    for place, color in enumerate(("green", "blue"), 1):
        add_file(draft=draft, upload=SimpleUploadedFile("tree.png", drawn(color)), person=person, at=timezone.now())
        media = parts_of(draft).single["media"]
        told = {"media": [{"file": "tree.png", "kind": "image", "title": "A tree", "alt": "A bare tree"}]}
        save_part(part=media, data=told, base=media.revision, person=person, at=timezone.now())
        client.post(reverse("desk:publish", args=names(draft)))
        course = current_course(draft.slug)
        assert course is not None
        assert course.version == place
        assert folder_of(course)["media/tree.png"] == drawn(color)
    offered = client.get(reverse("desk:export", args=names(draft)), {"offered": "1"})
    assert unpack(BytesIO(offered.content)).files["media/tree.png"] == drawn("blue")


def drawn(color: str) -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (4, 4), color).save(made, "PNG")
    return made.getvalue()
