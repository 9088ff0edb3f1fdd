"""What a person chooses to be told."""

from typing import Any

from django import forms

from perennial.apps.notices.queries import STEPS, Choice


class ChoiceForm(forms.Form):
    """At which days before hours are due to be told, and whether by mail as well."""

    steps = forms.TypedMultipleChoiceField(
        label="Remind me this many days before hours are due",
        help_text="Only where something is missing. Choose none to be left in peace.",
        choices=[(step, f"{step} days") for step in STEPS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "“%(value)s” is not in this list. Choose from the list."},
    )
    by_mail = forms.BooleanField(label="By e-mail as well", required=False, help_text="Without it, reminders stand on this site alone.")

    def __init__(self, data: Any = None, *, choice: Choice) -> None:
        super().__init__(data, initial={"steps": list(choice.steps), "by_mail": choice.by_mail})
