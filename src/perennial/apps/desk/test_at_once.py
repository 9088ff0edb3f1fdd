"""Two people at the same time, on connections of their own: short names stay apart, and nobody meets a broken page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk, make_draft, whole_folder
from perennial.apps.desk.importing import take_folder
from perennial.apps.desk.services import add_part, begin_draft
from perennial.apps.providers.services import open_provider
from perennial.core.values import Refusal
from perennial.tables.builders import at_once

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a table in memory is shared without waiting"),
    pytest.mark.django_db(transaction=True),
]


def twice(work: Callable[[], Any]) -> tuple[Any, Any]:
    """What the work gives in a transaction that ends late, and what it gives when it is begun meanwhile; a Refusal is given back."""

    def again() -> Any:
        try:
            return work()
        except Refusal as refusal:
            return refusal

    return at_once(work, again)


def test_two_courses_of_one_title_get_short_names_of_their_own() -> None:
    person = make_person()
    provider = make_desk(person)
    made = twice(lambda: begin_draft(provider=provider, person=person, title="Grief", at=timezone.now()))
    assert [draft.slug for draft in made] == ["grief", "grief-2"]


def test_two_providers_of_one_name_do_too() -> None:
    person = make_person()
    made = twice(lambda: open_provider(person=person, name="Harbor", address="", at=timezone.now()))
    assert [provider.slug for provider in made] == ["harbor", "harbor-2"]


def test_of_two_parts_of_one_name_the_second_is_refused() -> None:
    person = make_person()
    draft = make_draft(person=person)
    _, second = twice(lambda: add_part(draft=draft, kind="item", name="i01", data={}, person=person, at=timezone.now()))
    assert "already" in str(second)


def test_of_two_desks_that_take_one_folder_the_second_is_refused() -> None:
    people = [make_person(), make_person()]
    desks = iter([(make_desk(person), person) for person in people])

    def take() -> Any:
        provider, person = next(desks)
        return take_folder(provider=provider, person=person, files=whole_folder(), left_out=(), at=timezone.now())

    first, second = twice(take)
    assert first.draft is not None
    assert "another provider" in str(second)
