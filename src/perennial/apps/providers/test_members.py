"""Who is removed or made an author does not come back by a link of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.providers.models import Membership, Provider
from perennial.apps.providers.services import accept_invitation, add_member, invite, open_provider, remove_member
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


def two() -> tuple[Provider, Person, Person]:
    """A provider with two administrators."""
    first, second = make_person(), make_person()
    provider = open_provider(person=first, name="Sample Seminar", address="", at=NOW)
    add_member(provider=provider, email=second.email, role="administrator", at=NOW)
    return provider, first, second


def leave(provider: Provider, person: Person) -> None:
    """Remove this person."""
    remove_member(membership=Membership.objects.get(provider=provider, person=person), at=LATER)


def demote(provider: Provider, person: Person) -> None:
    """Make this person an author."""
    add_member(provider=provider, email=person.email, role="author", at=LATER)


@pytest.mark.parametrize("end", [leave, demote])
def test_the_open_links_of_who_goes_end_and_those_of_others_hold(end: object) -> None:
    provider, first, second = two()
    own = invite(provider=provider, person=second, role="administrator", at=NOW)
    other = invite(provider=provider, person=first, role="author", at=NOW)
    end(provider, second)  # type: ignore[operator]  # one of the two above
    with pytest.raises(Refusal, match="used before, or is over"):
        accept_invitation(secret=own, person=make_person(), at=LATER)
    accept_invitation(secret=other, person=make_person(), at=LATER)


def test_a_link_is_made_by_an_administrator_alone_also_where_the_page_was_open_before() -> None:
    provider, _, second = two()
    leave(provider, second)
    with pytest.raises(Refusal, match="administrators"):
        invite(provider=provider, person=second, role="author", at=LATER)


def test_one_administrator_stays() -> None:
    provider, first, second = two()
    leave(provider, second)
    with pytest.raises(Refusal, match="keeps one administrator"):
        leave(provider, first)
