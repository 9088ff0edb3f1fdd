"""Makes valid people for tests."""

from itertools import count

from perennial.apps.accounts.models import Person

_numbers = count(1)
PASSWORD = "a-long-sample-password"  # noqa: S105  known to tests alone


def make_person(*, email: str | None = None, name: str = "Sam Sample", password: str | None = None, is_staff: bool = False) -> Person:
    """A person in the database; without `password` none fits, which is quicker."""
    address = email or f"person{next(_numbers)}@example.org"
    return Person.objects.create_user(address, password, name=name, is_staff=is_staff)
