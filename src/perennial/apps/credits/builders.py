"""Makes valid credits for tests."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import Entry
from perennial.apps.credits.services import award_credit, enter_credit

_numbers = count(1)
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "title": "Ethics across state lines",
    "provider_name": "Sample Seminar",
    "completed_on": date(2026, 9, 20),
    "minutes": 180,
    "format": "live_online",
    "topics": {"ethics": 60},
}


def make_credit(*, person: Person | None = None, at: datetime = AT, key: str = "", **facts: Any) -> Entry:
    """A credit earned elsewhere, in the ledger."""
    return enter_credit(person=person or make_person(), at=at, key=key or f"builder-{next(_numbers)}", **{**FACTS, **facts})


def make_award(*, person: Person | None = None, number: str = "PER-2026-000001", at: datetime = AT, **facts: Any) -> Entry:
    """A credit of this site's own certificate, in the ledger."""
    key = f"builder-{next(_numbers)}"
    return award_credit(person=person or make_person(), certificate_number=number, at=at, key=key, **{**FACTS, **facts})
