"""Writing one part of a draft."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_course
from perennial.apps.desk.arranging import begin_part
from perennial.apps.desk.builders import make_draft, make_whole_draft
from perennial.apps.desk.editors import Editor
from perennial.apps.desk.folder import PartData, files_of_parts
from perennial.apps.desk.models import Draft
from perennial.apps.desk.queries import files_of, parts_of
from perennial.apps.desk.reading import read_draft, read_files
from perennial.apps.desk.services import save_part
from perennial.apps.desk.showing import lists_of
from perennial.apps.practices.builders import make_practice

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


def address(draft: Draft, *part: str, page: str = "part") -> str:
    """The address of a part."""
    return reverse(f"desk:{page}", args=[draft.provider.slug, draft.slug, *part])


def filled(html: str) -> dict[str, Any]:
    """What a browser would send of the form with the part's fields, as it stands."""
    form = html[html.index("data-draft") :].split("</form>")[0]
    form = re.sub(r"<template>.*?</template>", "", form, flags=re.DOTALL)
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        if name and not ('type="checkbox"' in tag and "checked" not in tag):
            value = re.search(r'value="([^"]*)"', tag)
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = text
    for name, choices in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', choices)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_each_kind_of_part_comes_out_of_its_form_as_it_went_in() -> None:
    draft = make_whole_draft()
    parts = parts_of(draft)
    course = read_draft(draft).in_order
    again = []
    for part in parts.all:
        editor = Editor(part.kind, part.data, part.revision, lists_of(parts, files_of(draft)))
        posted: Any = {"base": "1"}
        for field in editor.head:
            posted[field.name] = field.value()
        for rows in editor.rows:
            posted |= {f"{rows.name}-TOTAL_FORMS": len(rows.forms.forms), f"{rows.name}-INITIAL_FORMS": rows.forms.initial_form_count()}
            posted |= {bound.html_name: bound.value() or "" for row in rows.forms.forms for bound in row}
        saved = Editor(part.kind, part.data, part.revision, lists_of(parts, files_of(draft)), posted_of(posted))
        assert saved.is_valid(), saved.faults
        again.append(PartData(part.kind, part.name, saved.data()))
    assert course is not None
    assert read_again(draft, again) == course.digest


@pytest.mark.parametrize(
    ("kind", "rows", "said"), [("about", "authors", "name"), ("outline", "objectives", "text"), ("glossary", "glossary", "term")]
)
def test_a_row_that_was_saved_while_one_writes_stays_when_the_page_saves_again(client: Client, kind: str, rows: str, said: str) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = address(draft, kind)
    sent = filled(client.get(place).content.decode()) | {f"{rows}-0-{said}": "Loss and sleep"}
    revision = client.post(place, sent, headers=SCRIPT).json()["revision"]
    client.post(place, sent | {"base": revision})
    assert [row[said] for row in parts_of(draft).single[kind].data[rows]] == ["Loss and sleep"]


def test_a_new_row_keeps_the_id_that_it_was_given_when_the_row_before_it_goes(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = address(draft, "outline")
    rows = {"objectives-TOTAL_FORMS": "2", "objectives-0-text": "List causes", "objectives-1-text": "Describe a plan"}
    sent = filled(client.get(place).content.decode()) | rows
    told = client.post(place, sent, headers=SCRIPT).json()
    assert told["names"] == {"objectives-0-id": "o1", "objectives-1-id": "o2"}
    client.post(place, sent | told["names"] | {"base": told["revision"], "objectives-0-DELETE": "on"}, headers=SCRIPT)
    assert parts_of(draft).single["outline"].data["objectives"] == [{"id": "o2", "text": "Describe a plan"}]


def posted_of(values: dict[str, Any]) -> Any:
    """Values as a form sends them."""
    client = Client()
    sent = {name: value for name, value in values.items() if value is not None and value is not False}
    return client.post("/", sent).wsgi_request.POST


def read_again(draft: Draft, parts: list[PartData]) -> str:
    """The digest of the course that these parts make."""
    course = read_files(draft.slug, files_of_parts(draft.slug, parts, {})).in_order
    return course.digest if course else ""


def test_a_script_saves_and_is_told_the_revision(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = address(draft, "glossary")
    sent = {**filled(client.get(place).content.decode()), "glossary-0-term": "Grief", "glossary-0-means": "What follows a loss."}
    assert client.post(place, sent, headers=SCRIPT).json()["revision"] == 2
    late = client.post(place, {**sent, "glossary-0-means": "Another meaning"}, headers=SCRIPT)
    assert late.status_code == 409
    both = client.get(late.json()["address"]).content.decode()
    assert "What follows a loss." in both
    assert "Another meaning" in both


def test_without_a_script_the_form_saves_and_comes_back(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = address(draft, "outline")
    sent = {**filled(client.get(place).content.decode()), "objectives-0-text": "List tasks of grieving"}
    page = client.post(place, sent, follow=True)
    assert "List tasks of grieving" in page.content.decode()
    assert parts_of(draft).single["outline"].data["objectives"] == [{"id": "o1", "text": "List tasks of grieving"}]


def test_a_section_is_written_with_a_preview_that_is_safe(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    shown = client.post(
        reverse("desk:preview", args=[draft.provider.slug, draft.slug]),
        {"text": "## Hello\n\nSee [@sample2020]. <script>alert(1)</script>"},
    )
    html = shown.content.decode()
    assert "<h2" in html
    assert 'href="#ref-sample2020"' in html
    assert "<script" not in html


def test_what_cannot_be_kept_is_said_and_not_lost(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = address(draft, "outline")
    sent = {**filled(client.get(place).content.decode()), "pass_percent": "400"}
    page = client.post(place, sent)
    assert page.status_code == 400
    assert 'value="400"' in page.content.decode()
    assert "Percent to pass" in client.post(place, sent, headers=SCRIPT).json()["detail"]


@pytest.mark.parametrize("kind", ["section", "item", "case"])
def test_each_kind_of_which_there_are_many_opens(client: Client, kind: str) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    part = begin_part(draft=draft, kind=kind, title="A new one", person=person, at=draft.changed_at)
    client.force_login(person)
    page = client.get(address(draft, kind, part.name)).content.decode()
    assert "To mend here" in page


def test_the_page_asks_as_often_whatever_the_draft_holds(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    client.get(address(draft, "item", "i01"))
    with django_assert_num_queries(7):
        client.get(address(draft, "item", "i01"))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("true_false", {"options-0-text": "True", "options-0-correct": "on", "options-1-text": "False"}),
        ("matching", {"pairs-0-left": "A", "pairs-0-right": "1", "pairs-1-left": "B", "pairs-1-right": "2"}),
        ("ordering", {"steps-0-text": "First", "steps-1-text": "Second"}),
        ("numeric", {"value": "12,5", "tolerance": "0.5", "unit": "mg"}),
        ("reflection", {"rationale": "What a good answer holds."}),
    ],
)
def test_each_kind_of_question_is_saved_opened_again_and_in_order(client: Client, kind: str, more: dict[str, str]) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    part = begin_part(draft=draft, kind="item", title="A new one?", person=person, at=draft.changed_at)
    client.force_login(person)
    place = address(draft, "item", part.name)
    sent = {**filled(client.get(place).content.decode()), "kind": kind, "objective": "o1", "section": "01-part.md", **more}
    page = client.post(place, sent, follow=True)
    assert page.status_code == 200
    assert "To mend here" not in page.content.decode()
    course = read_draft(draft).in_order
    assert course is not None
    assert course.items[-1].kind == kind


def test_what_is_to_mend_is_called_as_the_form_calls_it(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    begin_part(draft=draft, kind="item", title="What is grief?", person=person, at=timezone.now())
    client.force_login(person)
    about = client.get(address(draft, "about")).content.decode().split("To mend here")[1]
    assert "“For whom” is empty." in about
    item = client.get(address(draft, "item", "i01")).content.decode().split("To mend here")[1]
    assert "“Objective that it tests” is empty." in item
    assert 'Answers: missing. <span class="soft">Fill it in.</span>' in item


def test_practices_and_courses_to_take_first_are_chosen_and_one_that_is_not_in_the_list_stays(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    other = make_course()
    about = parts_of(draft).single["about"]
    save_part(part=about, data={**about.data, "practices": ["old-name"]}, base=1, person=person, at=timezone.now())
    client.force_login(person)
    page = client.get(address(draft, "about")).content.decode()
    assert '<option value="sampling">Sampling</option>' in page
    assert f'<option value="{other.slug}">{other.title}</option>' in page
    assert '<option value="old-name" selected>old-name (not in the list)</option>' in page
    client.post(address(draft, "about"), filled(page) | {"practices-1-practice": "sampling", "prerequisites-0-course": other.slug})
    data = parts_of(draft).single["about"].data
    assert (data["practices"], data["prerequisites"]) == (["old-name", "sampling"], [other.slug])


def test_where_practices_are_known_they_are_offered_by_name(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    practice = make_practice()
    client.force_login(person)
    assert f'<option value="{practice.slug}">{practice.name}</option>' in client.get(address(draft, "about")).content.decode()


def test_a_choice_leads_to_a_step_that_exists_or_was_named_just_now(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    case = begin_part(draft=draft, kind="case", title="At the door", person=person, at=timezone.now())
    client.force_login(person)
    place = address(draft, "case", case.name)
    sent = filled(client.get(place).content.decode())
    sent |= {"steps-0-id": "door", "steps-0-text": "A knock.", "steps-1-id": "in", "steps-1-text": "Inside."}
    sent |= {"start": "door", "choices-0-at": "door"}
    client.post(place, sent | {"choices-0-text": "Open", "choices-0-goto": "in"})
    page = client.get(place).content.decode()
    assert '<option value="in" selected>in: Inside.</option>' in page
    assert '<option value="door" selected>door: A knock.</option>' in page
    nowhere = client.post(place, filled(page) | {"choices-0-goto": "nowhere"})
    assert nowhere.status_code == 400


def test_a_tab_names_the_part_and_its_course(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    page = client.get(reverse("desk:part", args=[draft.provider.slug, draft.slug, "outline"])).content.decode()
    assert f"<title>Objectives and test: {draft.title} · Perennial</title>" in page
    assert "<h1>Objectives and test</h1>" in page
