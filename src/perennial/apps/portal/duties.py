"""The form to record a duty done for a license: an exam, a training that earns no hours, a one-time topic met earlier."""

from datetime import date
from typing import Any

from django import forms

from perennial.apps.licenses.fields import EARLIEST_YEAR, DayField, ListedField
from perennial.apps.licenses.queries import questions_of
from perennial.core.rules import Rule


class DutyForm(forms.Form):
    """Which duty, and the day on which it was done. Only what this license's rule knows can be chosen."""

    def __init__(self, data: Any = None, *, rule: Rule, day: date) -> None:
        super().__init__(data)
        self.day = day
        self.choices = questions_of(rule).duties
        self.fields["what"] = ListedField(
            label="What was done", what="duty of this rule", choices=self.choices, missing="Choose what was done."
        )
        self.fields["on"] = DayField(label="On which day", years=(EARLIEST_YEAR, day.year), missing="Enter the day on which it was done.")

    def clean_on(self) -> date:
        """A duty done lies behind us."""
        on: date = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError("This day lies ahead. Record the duty once it is done.")
        return on
