"""The form to record a duty done for a license: an exam, a training that earns no hours, a one-time topic met earlier."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from perennial.apps.licenses.fields import EARLIEST_YEAR, DayField, ListedField
from perennial.apps.licenses.queries import questions_for, rule_for
from perennial.core.rules import Rule


class DutyForm(forms.Form):
    """Which duty, and the day on which it was done. Only what this license's rule knows can be chosen."""

    def __init__(self, data: Any = None, *, rule: Rule, day: date) -> None:
        super().__init__(data)
        self.day = day
        self.rule = rule
        self.choices = questions_for(rule.jurisdiction, rule.profession).duties
        self.fields["what"] = ListedField(
            label="What was done", what="duty of this rule", choices=self.choices, missing="Choose what was done."
        )
        self.fields["on"] = DayField(label="On which day", years=(EARLIEST_YEAR, day.year), missing="Enter the day on which it was done.")

    @property
    def fields_html(self) -> SafeString:
        """Its two fields; as long as nothing was sent they are the same for everyone with this rule."""
        if self.is_bound:
            return drawn_fields(self)
        return _empty_fields(self.rule.jurisdiction, self.rule.profession, self.day.year)

    def clean_on(self) -> date:
        """A duty done lies behind us."""
        on: date = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError("This day lies ahead. Record the duty once it is done.")
        return on


def drawn_fields(form: forms.Form) -> SafeString:
    """The fields of a form, as the component draws them."""
    return render_to_string("portal/parts/fields.html", {"form": form})


@lru_cache(maxsize=1000)
def _empty_fields(jurisdiction: str, profession: str, year: int) -> SafeString:
    rule = rule_for(jurisdiction, profession)
    return drawn_fields(DutyForm(rule=rule, day=date(year, 1, 1))) if rule else SafeString("")
