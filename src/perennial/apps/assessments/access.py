"""Who may see and answer an attempt: the person who takes it, and no one else."""

from django.http import Http404

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.models import Attempt
from perennial.tables import Prepared

_own = Prepared(lambda person, pk: Attempt.objects.filter(person_id=person, pk=pk))


def attempt_of(person: Person, pk: int) -> Attempt:
    """The attempt, if it is this person's; else 404."""
    found = _own.first(person=person.pk, pk=pk)
    if found is None:
        raise Http404("no such attempt")
    return found
