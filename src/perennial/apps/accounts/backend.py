"""Who signs in, by allauth; who is signed in, by a query whose SQL is made once."""

from allauth.account.auth_backends import AuthenticationBackend

from perennial.apps.accounts.models import Person
from perennial.tables import Prepared

_by_pk = Prepared(lambda pk: Person.objects.filter(pk=pk))


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's own way in; only the read of who is signed in differs."""

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session, or None where they may not sign in any more."""
        person = _by_pk.first(pk=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
