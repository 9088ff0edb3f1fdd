"""What a provider enters about itself and its approvals."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from perennial.apps.providers.queries import Approval, Provider
from perennial.apps.providers.services import LONGEST_POLICY, ApprovalFacts
from perennial.core.approval import bodies

EARLIEST, LATEST = date(1970, 1, 1), date(2100, 1, 1)
DAY = timedelta(days=1)
ADMINISTRATOR_LINES = 3


class DayField(forms.DateField):
    """A day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": "Enter a day, such as 2027-02-28.", "required": "Enter the first day; it stands in the body's letter."}
        super().__init__(widget=widget, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> Any:
        """The day, in a year that can be."""
        found = super().clean(value)
        if found and not EARLIEST <= found <= LATEST:
            raise forms.ValidationError("Look at the year.")
        return found


class ApprovalForm(forms.Form):
    """An approval as the body's letter tells it."""

    body = forms.ChoiceField(label="Approval body", error_messages={"required": "Choose the body."})
    number = forms.CharField(label="Number with the body", max_length=80, required=False, help_text="As it stands in the letter.")
    statement = forms.CharField(
        label="Approval statement",
        max_length=LONGEST_POLICY,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Type the body's own words from its letter, with your name and number. It stands on certificates as you type it.",
        error_messages={"required": "Type the statement that the body gave you."},
    )
    starts_on = DayField(label="First day on which it holds")
    last_day = DayField(label="Last day on which it holds", required=False, help_text="Empty: no end is known.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.ChoiceField(
            label="Approval body",
            choices=[("", "Choose the body"), *sorted(((slug, body.name) for slug, body in bodies().items()), key=lambda pair: pair[1])],
            error_messages={"required": "Choose the approval body.", "invalid_choice": "Choose the approval body from the list."},
        )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "The last day comes before the first. Look at both in the letter.")
        return data

    @property
    def facts(self) -> ApprovalFacts:
        """What was entered, once the form is valid."""
        data = self.cleaned_data
        last = data["last_day"]
        return ApprovalFacts(data["body"], data["number"], data["statement"], data["starts_on"], last + DAY if last else None)


class CorrectionForm(ApprovalForm):
    """The same, with why it is entered again."""

    reason = forms.CharField(
        label="Why is it corrected?",
        max_length=300,
        error_messages={"required": "Say in a few words why, such as: renewed for three years."},
    )


class VoidForm(forms.Form):
    """Why an entry was in error."""

    reason = forms.CharField(
        label="What was wrong?", max_length=300, error_messages={"required": "Say in a few words what was wrong with the entry."}
    )


class PapersForm(forms.Form):
    """What a provider says about itself."""

    name = forms.CharField(label="Name", max_length=200, help_text="As it stands on certificates, and in approval statements.")
    address = forms.CharField(label="Postal address", max_length=300, required=False)
    accommodation = forms.CharField(
        label="Accommodation",
        required=False,
        max_length=LONGEST_POLICY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whom a learner with a disability asks, how, and how soon an answer comes.",
    )
    refund = forms.CharField(
        label="Refunds and cancellation",
        required=False,
        max_length=LONGEST_POLICY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Until when, how much, and how to ask. Free courses need none.",
    )
    grievance = forms.CharField(
        label="Complaints",
        required=False,
        max_length=LONGEST_POLICY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where a complaint goes, who decides, and how soon.",
    )
    records = forms.CharField(
        label="Records",
        required=False,
        max_length=LONGEST_POLICY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you keep, and for how many years. Certificates made here are kept for good.",
    )

    def __init__(self, *args: Any, lines: int = ADMINISTRATOR_LINES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = range(1, lines + 1)
        for line in self.lines:
            self.fields[f"administrator_{line}"] = forms.CharField(label=f"Name of administrator {line}", max_length=200, required=False)
            self.fields[f"qualifications_{line}"] = forms.CharField(label="Degree, license, experience", max_length=1000, required=False)

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """A pair of fields for each administrator."""
        return [(self[f"administrator_{line}"], self[f"qualifications_{line}"]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        """Qualifications belong to a name."""
        data = super().clean() or {}
        for line in self.lines:
            if data.get(f"qualifications_{line}") and not data.get(f"administrator_{line}"):
                self.add_error(f"administrator_{line}", "Enter the name of whoever has these qualifications.")
        return data

    @property
    def policies(self) -> Mapping[str, str]:
        """The texts by name, once the form is valid."""
        return {key: self.cleaned_data[key] for key in ("accommodation", "refund", "grievance", "records")}

    @property
    def administrators(self) -> list[tuple[str, str]]:
        """Each named administrator with qualifications, once the form is valid."""
        data = self.cleaned_data
        return [(data[f"administrator_{line}"], data[f"qualifications_{line}"]) for line in self.lines if data[f"administrator_{line}"]]


def first_of_approval(approval: Approval) -> dict[str, Any]:
    """What stands, for a form to correct it."""
    return {
        "body": approval.slug,
        "number": approval.number,
        "statement": approval.statement,
        "starts_on": approval.starts_on,
        "last_day": approval.ends_on - DAY if approval.ends_on else None,
    }


def first_of_papers(provider: Provider) -> dict[str, Any]:
    """What a provider says of itself now, for the form."""
    said = {key: getattr(provider, key) for key in ("name", "address", "accommodation", "refund", "grievance", "records")}
    for line, each in enumerate(provider.administrators, 1):
        said |= {f"administrator_{line}": each["name"], f"qualifications_{line}": each["qualifications"]}
    return said


def lines_for(provider: Provider) -> int:
    """How many administrators the form has room for: those named, and one more."""
    return max(ADMINISTRATOR_LINES, len(provider.administrators) + 1)
