"""Form fields that say in one sentence what is wrong: days, states, professions, and yes, no or not sure."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_WRITTEN = (
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"), "2027-02-28"),
    (re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"), "02/28/2027"),
)
EARLIEST_YEAR = 1940
UNSURE = "unsure"


class DayField(forms.DateField):
    """A day between two years; a day that does not exist and a year that cannot be are told apart."""

    def __init__(self, *, years: tuple[int, int], missing: str = "Enter the date.", **kwargs: Any) -> None:
        first, last = years
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": f"{first}-01-01", "max": f"{last}-12-31"})
        super().__init__(widget=widget, error_messages={"required": missing}, **kwargs)
        self.years = years

    def to_python(self, value: Any) -> date | None:
        """The day as written in the American or the international way; None for nothing."""
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        text = str(value).strip()
        found = next((match for pattern, _ in _WRITTEN if (match := pattern.fullmatch(text))), None)
        if found is None:
            raise ValidationError(f"“{text[:40]}” is not a date. Write it as 2027-02-28 or 02/28/2027.")
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            raise ValidationError(f"There is no such day as {text}. Look at the month and the day.") from None
        first, last = self.years
        if not first <= day.year <= last:
            raise ValidationError(f"The year {day.year} cannot be right here. Enter one from {first} to {last}.")
        return day


class ListedField(forms.ChoiceField):
    """One of a list; anything else is named in the error."""

    def __init__(self, *, what: str, choices: Iterable[tuple[str, str]], missing: str, upper: bool = False, **kwargs: Any) -> None:
        messages = {"required": missing, "invalid_choice": f"“%(value)s” is not a {what} we know. Choose one from the list."}
        super().__init__(choices=[("", "Choose…"), *choices], error_messages=messages, **kwargs)
        self.upper = upper

    def to_python(self, value: Any) -> str:
        """Spaces off, and where codes are meant, in capitals."""
        text = str(super().to_python(value)).strip()[:60]
        return text.upper() if self.upper else text


class _Answers(forms.RadioSelect):
    """Yes, no or not sure; the last where nothing was chosen."""

    def format_value(self, value: Any) -> Any:
        return super().format_value({True: "yes", False: "no", None: UNSURE}.get(value, value))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or UNSURE

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class AnswerField(forms.ChoiceField):
    """A question about a person: True, False, or None for not sure."""

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        wrong = "“%(value)s” is no answer to this. Choose yes, no or not sure."
        choices = [("yes", "Yes"), ("no", "No"), (UNSURE, "Not sure")]
        super().__init__(label=label, choices=choices, widget=_Answers, error_messages={"invalid_choice": wrong}, **kwargs)

    def clean(self, value: Any) -> Any:
        """The answer as a truth value."""
        return {"yes": True, "no": False}.get(super().clean(str(value)[:40]))


def whole(label: str, most: int, wrong: str, help_text: str = "") -> forms.IntegerField:
    """A whole number from 1, which may be left empty."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": most}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
