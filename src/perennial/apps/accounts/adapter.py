"""How sign-in fits this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from perennial.apps.accounts.models import Person


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sends people on to where they work."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The dashboard, where there is one."""
        try:
            return reverse("portal:dashboard")
        except NoReverseMatch:
            return "/"

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same place as after signing in."""
        return self.get_login_redirect_url(request)


def display(person: Person) -> str:
    """How a person is called on pages and in mail."""
    return str(person)
