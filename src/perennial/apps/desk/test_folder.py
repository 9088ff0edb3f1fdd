"""A draft and a course folder are the same course."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk
from perennial.apps.desk.editors import Editor
from perennial.apps.desk.folder import files_of_parts, parts_of_files
from perennial.apps.desk.importing import take_folder
from perennial.apps.desk.queries import files_of, parts_of, revisions_of
from perennial.apps.desk.reading import folder_of, look_at_draft, read_draft, read_files
from perennial.apps.desk.services import save_part
from perennial.apps.desk.showing import lists_of
from perennial.core.courses import Case, Choice, Declaration, Item, Media, Numeric, Pair, Step, read_course, write_course
from perennial.core.courses.builders import make_course
from perennial.core.values import Refusal

COURSES = sorted(path.parent for path in (Path(__file__).parents[4] / "library" / "courses").glob("*/course.toml"))


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", COURSES[:3], ids=lambda folder: folder.name)
def test_a_course_taken_apart_and_put_together_is_the_same_course(folder: Path) -> None:
    course, _ = read_course(folder)
    assert course is not None
    again = read_files(folder.name, files_of_parts(folder.name, parts_of_files(bytes_of(folder)), {}))
    assert again.in_order is not None
    assert again.in_order.digest == course.digest


def rich_folder(parent: Path) -> dict[str, bytes]:
    """The folder of a course with everything that a course may have."""
    shared: dict[str, Any] = {"objective": "o1", "section": "01-first.md"}
    plain = make_course(parent)
    items = (
        *plain.items,
        Item("m1", "matching", stem="Match", pairs=(Pair("a", "1"), Pair("b", "2"), Pair("", "3")), rationale="So it is.", **shared),
        Item("m2", "ordering", stem="Order", steps=("first", "then"), rationale="In time.", **shared),
        Item("m3", "numeric", stem="How many?", numeric=Numeric(Decimal("0.10"), Decimal("0.01"), "mg"), rationale="Count.", **shared),
        Item("m4", "reflection", stem="What now?", rationale='It names "one" step.\nAnd when.', pretest=True, **shared),
    )
    steps = (Step("door", "A knock.", (Choice("Open", "in", "Good."), Choice("Wait", "door", ""))), Step("in", "They come in.", ()))
    course = make_course(
        parent,
        text=plain.sections[0].text + "\n![A room](media/plan.png)\n",
        items=items,
        cases=(Case("c1", "At the door", "01-first.md", "o1", "door", steps),),
        media=(
            Media("plan.png", "image", "A plan", alt="A room"),
            Media("talk.mp3", "audio", "A talk", minutes=Decimal("2.5"), transcript="Hi."),
        ),
        declarations=(Declaration("A. Author", "author", date(2026, 11, 1), "Nothing to declare."),),
        prerequisites=("another-course",),
        credit=replace(plain.credit, method="pilot", pilots=(50, 61, 70), pilot_rationale="Three readers like the learners."),
    )
    return write_course(course, {"plan.png": picture(), "talk.mp3": b"ID3" + bytes(64)})


def picture() -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (4, 3), "white").save(made, "PNG")
    return made.getvalue()


@pytest.mark.django_db
def test_a_course_with_everything_goes_in_and_out_of_a_desk_and_stays_the_same(tmp_path: Path) -> None:
    files, person = rich_folder(tmp_path), make_person()
    before = read_files("sample-course", files)
    assert before.in_order is not None, before.problems
    draft = take_folder(provider=make_desk(person), person=person, files=files, left_out=(), at=timezone.now()).draft
    assert draft is not None
    after = read_draft(draft)
    assert after.in_order is not None, after.problems
    assert after.in_order.digest == before.in_order.digest
    assert {name: data for name, data in after.files.items() if name.startswith("media/")} == {
        name: data for name, data in files.items() if name.startswith("media/")
    }
    assert not look_at_draft(draft, parts_of(draft), files_of(draft)).problems
    for part in parts_of(draft).all:
        editor = Editor(part.kind, part.data, part.revision, lists_of(parts_of(draft), files_of(draft)))
        assert editor.head["base"].value() == part.revision


@pytest.mark.django_db
def test_export_edit_import_gives_the_edited_course() -> None:
    folder, person, now = COURSES[0], make_person(), timezone.now()
    provider = make_desk(person)
    taken = take_folder(provider=provider, person=person, files=bytes_of(folder), left_out=(), at=now)
    assert taken.draft is not None
    files = folder_of(taken.draft, parts_of(taken.draft))
    before = read_draft(taken.draft).in_order
    assert before is not None
    edited = {**files, "course.toml": files["course.toml"].replace(b"version = 1", b"version = 2", 1)}
    again = take_folder(provider=provider, person=person, files=edited, left_out=(), at=now)
    assert again.draft == taken.draft
    assert (again.added, again.changed, again.removed) == (0, 1, 0)
    after, read = read_draft(taken.draft).in_order, read_files(folder.name, edited).in_order
    assert after is not None
    assert read is not None
    assert after.digest == read.digest != before.digest
    assert [row.how for row in revisions_of(parts_of(taken.draft).single["about"])] == ["imported", "imported"]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_read_leaves_everything_as_it_was() -> None:
    person, now = make_person(), timezone.now()
    provider, files = make_desk(person), bytes_of(COURSES[0])
    draft = take_folder(provider=provider, person=person, files=files, left_out=(), at=now).draft
    assert draft is not None
    broken = {**files, "course.toml": files["course.toml"].replace(b"pass_percent = ", b"pass_precent = ", 1)}
    taken = take_folder(provider=provider, person=person, files=broken, left_out=(), at=now)
    assert taken.draft is None
    assert "pass_percent" in str(taken.problems[0])
    assert read_draft(draft).in_order is not None
    assert all(part.revision == 1 for part in parts_of(draft).all)


@pytest.mark.django_db
def test_a_course_of_another_provider_is_not_taken_over() -> None:
    files, now = bytes_of(COURSES[0]), timezone.now()
    person = make_person()
    take_folder(provider=make_desk(person), person=person, files=files, left_out=(), at=now)
    with pytest.raises(Refusal, match="another provider"):
        take_folder(provider=make_desk(person), person=person, files=files, left_out=(), at=now)


@pytest.mark.django_db
def test_what_a_folder_no_longer_holds_is_removed_and_comes_back() -> None:
    person, now, files = make_person(), timezone.now(), bytes_of(COURSES[0])
    provider = make_desk(person)
    draft = take_folder(provider=provider, person=person, files=files, left_out=(), at=now).draft
    assert draft is not None
    all_items = len(parts_of(draft).items)
    text = files["items.toml"].decode()
    fewer = text[: text.rindex("[[items]]")]
    taken = take_folder(provider=provider, person=person, files={**files, "items.toml": fewer.encode()}, left_out=(), at=now)
    assert taken.removed == 1
    assert len(parts_of(draft).items) == all_items - 1
    assert take_folder(provider=provider, person=person, files=files, left_out=(), at=now).added == 1


@pytest.mark.django_db
def test_two_who_save_at_once_are_told_apart_after_an_import_too() -> None:
    person, now, files = make_person(), timezone.now(), bytes_of(COURSES[0])
    provider = make_desk(person)
    draft = take_folder(provider=provider, person=person, files=files, left_out=(), at=now).draft
    assert draft is not None
    part = parts_of(draft).single["about"]
    take_folder(
        provider=provider,
        person=person,
        files={**files, "course.toml": files["course.toml"].replace(b"version = 1", b"version = 2", 1)},
        left_out=(),
        at=now,
    )
    assert save_part(part=part, data={**part.data, "needs": "Time."}, base=1, person=person, at=now).aside is not None
