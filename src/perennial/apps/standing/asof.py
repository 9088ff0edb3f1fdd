"""The day on which a license is looked at, where it is not today."""

from datetime import date
from typing import Any

from django import forms

from perennial.apps.licenses.fields import DayField


class AsOfForm(forms.Form):
    """Count as of another day; credits after it do not count."""

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today
        self.fields["on"] = DayField(label="Day", years=(today.year - 10, today.year + 10), missing="Enter a day.")

    @property
    def day(self) -> date:
        """The day asked for; today where none or no good one was given."""
        return self.cleaned_data["on"] if self.is_bound and self.is_valid() else self.today

    @property
    def other(self) -> bool:
        """Whether another day than today is shown."""
        return self.day != self.today
