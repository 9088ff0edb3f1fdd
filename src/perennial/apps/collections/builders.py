"""Makes kept works for tests."""

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.collections.models import Kept
from perennial.apps.collections.services import keep
from perennial.apps.works.builders import make_work
from perennial.apps.works.queries import Work


def make_kept(*, person: Person | None = None, work: Work | None = None) -> Kept:
    """A work that a person keeps."""
    return keep(person=person or make_person(), work=work or make_work(), at=timezone.now())
