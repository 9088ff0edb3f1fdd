"""Makes valid licenses for tests."""

from datetime import date
from typing import Any

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.models import License
from perennial.apps.licenses.services import add_license

FIELDS: dict[str, Any] = {
    "jurisdiction": "CA",
    "profession": "clinical_social_worker",
    "credential": "LCSW",
    "number": "12345",
    "issued_on": date(2018, 10, 31),
    "expires_on": date(2027, 6, 30),
    "renewal_number": 4,
}


def make_license(*, person: Person | None = None, **fields: Any) -> License:
    """A California clinical social worker's license, unless told otherwise."""
    return add_license(person=person or make_person(), **{**FIELDS, **fields})
