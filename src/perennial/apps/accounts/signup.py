"""What signing up asks beside e-mail and password; allauth makes its form from this one, so it imports none of theirs."""

from typing import Any

from django import forms
from django.http import HttpRequest

from perennial.apps.accounts.models import Person


class NameField(forms.CharField):
    """The name on certificates, with one space between words."""

    def __init__(self) -> None:
        super().__init__(
            label="Name",
            max_length=120,
            help_text="As it shall stand on your certificates.",
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def clean(self, value: Any) -> str:
        """Take out what is typed twice."""
        return str(super().clean(" ".join(str(value or "").split())))


class NameOnSignUp(forms.Form):
    """Asks for the name on certificates, first."""

    name = NameField()

    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the name with the new account."""
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
