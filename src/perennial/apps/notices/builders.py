"""Makes valid notices and mails for tests."""

from datetime import UTC, datetime
from typing import Any

from django.utils.crypto import get_random_string

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.notices.models import Mail, Notice
from perennial.apps.notices.services import Draft, notify, post_all

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def make_notice(*, person: Person | None = None, **fields: str) -> Notice:
    """A notice that no one has read, unless told otherwise."""
    owner = person or make_person()
    values = {"kind": "reminder", "title": "30 days left", "text": "6 CE hours are missing.", "link": "/dashboard/", **fields}
    key = values.pop("key", get_random_string(12))
    notify(person=owner, key=key, **values)
    return Notice.objects.get(person=owner, key=key)


def make_mail(*, person: Person | None = None, at: datetime = AT, **fields: Any) -> Mail:
    """A mail that waits, unless told otherwise."""
    owner = person or make_person()
    values = {
        "kind": "reminder",
        "title": "30 days left",
        "text": "",
        "link": "/",
        "subject": "30 days left",
        "plain": "6 h",
        "html": "<p>6 h",
    }
    draft = Draft(person_id=owner.pk, recipient=owner.email, **{"key": get_random_string(12), **values, **fields})
    post_all(drafts=[draft], at=at)
    return Mail.objects.get(key=draft.key)
