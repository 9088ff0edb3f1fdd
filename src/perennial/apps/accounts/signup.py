"""What signing up asks beside e-mail and password."""

from typing import Any

from django import forms
from django.http import HttpRequest

from perennial.apps.accounts.models import Person


class NameForm(forms.Form):
    """Asks for the name on certificates, first."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As it shall stand on your certificates.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Keep the name with the new account."""
        person.name = " ".join(self.cleaned_data["name"].split())
        person.save(update_fields=["name"])
