"""What a person enters about hours earned elsewhere."""

import re
import secrets
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from perennial.apps.credits.models import MOST_MINUTES
from perennial.apps.credits.proofs import look
from perennial.apps.credits.queries import CreditView
from perennial.apps.credits.services import EARLIEST, CreditFacts
from perennial.apps.credits.words import (
    CATEGORIES,
    approver_choices,
    format_choices,
    name_of,
    topic_choices,
    vocabulary,
)
from perennial.core.values import Refusal

TOPIC_LINES = 4
HOURS = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")
NO_CLIENTS = "Nothing about clients."


class HoursField(forms.CharField):
    """CE hours of 60 minutes, such as 1.5; gives whole minutes, rounded to the nearest."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": "6"}
        super().__init__(max_length=12, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> Any:
        """Minutes, or None where nothing was entered and nothing must be."""
        text = super().clean(value)
        if not text:
            return None
        if not HOURS.fullmatch(text):
            raise forms.ValidationError("Enter the hours as a number, such as 1.5. They are more than 0 and at most 1000.")
        minutes = int((Decimal(text.replace(",", ".")) * 60).quantize(Decimal(1), ROUND_HALF_UP))
        if not 0 < minutes <= MOST_MINUTES:
            raise forms.ValidationError("Enter the hours on the certificate. They are more than 0 and at most 1000.")
        return minutes


class CompletedField(forms.DateField):
    """A day in the past, or today."""

    def __init__(self, *, day: date, **kwargs: Any) -> None:
        self.day = day
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": EARLIEST.isoformat(), "max": day.isoformat()})
        messages = {
            "required": "Enter the day on which you finished.",
            "invalid": "There is no such day. Enter it as year, month and day, such as 2026-02-28.",
        }
        super().__init__(label="Completed on", widget=widget, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> Any:
        """The day, not ahead and not before 1950."""
        found = super().clean(value)
        if found and found > self.day:
            raise forms.ValidationError("This day lies ahead. Enter the credit once the course is done.")
        if found and found < EARLIEST:
            raise forms.ValidationError("This day is too long ago. Look at the year.")
        return found


class FactsForm(forms.Form):
    """The facts of a credit; `day` is today."""

    title = forms.CharField(
        label="Title", max_length=300, help_text="As on the certificate.", error_messages={"required": "Enter the title of the course."}
    )
    provider_name = forms.CharField(
        label="Provider", max_length=200, error_messages={"required": "Enter who offered the course, as on the certificate."}
    )
    hours = HoursField(label="CE hours of 60 minutes", error_messages={"required": "Enter the hours, such as 1.5."})
    category = forms.ChoiceField(
        label="The board's category", choices=CATEGORIES, required=False, help_text="Only where your board has two categories."
    )
    other_approvers = forms.CharField(
        label="Other approvers",
        max_length=200,
        required=False,
        help_text="As on the certificate; several with a semicolon between.",
        widget=forms.TextInput(attrs={"list": "approvers", "autocomplete": "off"}),
    )
    course_key = forms.CharField(
        label="Course number",
        max_length=200,
        required=False,
        help_text="The same number marks the same course; some boards count a course once.",
    )
    note = forms.CharField(label="Note", max_length=1000, required=False, help_text=NO_CLIENTS, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, day: date, lines: int = TOPIC_LINES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = range(1, lines + 1)
        self.fields["completed_on"] = CompletedField(day=day)
        self.fields["format"] = forms.ChoiceField(
            label="Format",
            choices=[("", "Choose how it was taught"), *format_choices()],
            error_messages={"required": "Choose how the course was taught."},
        )
        self.fields["approvals"] = forms.MultipleChoiceField(
            label="Approved by",
            choices=approver_choices(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="Only what the certificate names.",
        )
        topics = [("", "No topic"), *topic_choices()]
        for line in self.lines:
            self.fields[f"topic_{line}"] = forms.ChoiceField(label=f"Topic {line}", choices=topics, required=False)
            self.fields[f"topic_hours_{line}"] = HoursField(label=f"CE hours in topic {line}", required=False)

        topics_in_order = [name for line in self.lines for name in (f"topic_{line}", f"topic_hours_{line}")]
        self.order_fields(["title", "provider_name", "completed_on", "hours", "format", *topics_in_order, "approvals"])

    @property
    def topic_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of topic and hours."""
        return [(self[f"topic_{line}"], self[f"topic_hours_{line}"]) for line in self.lines]

    def clean(self) -> dict[str, Any]:
        """Look at topics together with the hours of the whole."""
        data = super().clean() or {}
        topics: dict[str, int] = {}
        for line in self.lines:
            slug, minutes = data.get(f"topic_{line}"), data.get(f"topic_hours_{line}")
            if f"topic_{line}" in self.errors or f"topic_hours_{line}" in self.errors:
                continue
            fault = self._topic_fault(slug, minutes, data.get("hours"), topics)
            if fault:
                self.add_error(f"topic_hours_{line}" if slug else f"topic_{line}", fault)
            elif slug and minutes:
                topics[slug] = minutes
        return {**data, "topics": topics}

    def _topic_fault(self, slug: str | None, minutes: int | None, whole: int | None, before: dict[str, int]) -> str:
        if bool(slug) != bool(minutes):
            return f"Enter how many of the hours are on {name_of(slug)}." if slug else "Choose the topic of these hours."
        if slug in before:
            return f"{name_of(slug)} stands twice. Enter its hours in one line."
        if minutes and whole and minutes > whole:
            return "These hours are inside the hours of the credit and cannot be more."
        return ""

    def facts(self) -> CreditFacts:
        """What was entered, as the services take it."""
        data = self.cleaned_data
        other = [vocabulary().approval(name.strip()) for name in data["other_approvers"].split(";") if name.strip()]
        return {
            "title": data["title"],
            "provider_name": data["provider_name"],
            "completed_on": data["completed_on"],
            "minutes": data["hours"],
            "format": data["format"],
            "topics": data["topics"],
            "approvals": [*data["approvals"], *other],
            "category": data["category"] or None,
            "course_key": data["course_key"],
            "note": data["note"],
        }


class ProofForm(forms.Form):
    """A file that shows a credit."""

    proof_file = forms.FileField(
        label="Proof",
        required=False,
        allow_empty_file=True,
        help_text=f"The certificate as PDF, PNG, JPEG or HEIC, up to 20 MB. {NO_CLIENTS}",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.heic,.heif"}),
    )

    def clean_proof_file(self) -> Any:
        """Judge the file by its content."""
        upload = self.cleaned_data["proof_file"]
        if upload is not None:
            try:
                look(upload)
            except Refusal as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return upload


class CreditForm(FactsForm, ProofForm):
    """A new credit with its proof. `key` makes sending the form twice enter it once."""

    key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": secrets.token_urlsafe(16)})
        super().__init__(*args, **kwargs)

    def clean_key(self) -> str:
        """The key that was sent with the page; where none was, a new one."""
        return f"form:{self.cleaned_data['key'] or secrets.token_urlsafe(16)}"

    def ask_again(self, says: str) -> None:
        """Show what was entered with this sentence, under a new key, so that sending it once more is a credit of its own."""
        sent: QueryDict = self.data.copy()  # type: ignore[attr-defined]  # what a browser sends is a QueryDict
        sent["key"] = secrets.token_urlsafe(16)
        self.data = sent
        self.add_error(None, says)


def initial_of(credit: CreditView) -> dict[str, Any]:
    """A credit as the form shows it."""
    common = [slug for slug, _ in approver_choices()]
    other = [slug for slug in credit.approvals if slug not in common]
    lines = {
        name: value
        for line, (slug, minutes) in enumerate(credit.topics.items(), start=1)
        for name, value in ((f"topic_{line}", slug), (f"topic_hours_{line}", as_hours(minutes)))
    }
    return {
        "title": credit.title,
        "provider_name": credit.provider_name,
        "completed_on": credit.completed_on,
        "hours": as_hours(credit.minutes),
        "format": credit.format,
        "approvals": [slug for slug in credit.approvals if slug in common],
        "other_approvers": "; ".join(name_of(slug) for slug in other),
        "category": credit.category or "",
        "course_key": credit.course_key,
        "note": credit.note,
        **lines,
    }


def as_hours(minutes: int) -> str:
    """Minutes as one enters hours, exact enough to give the same minutes again."""
    return f"{(Decimal(minutes) / 60).quantize(Decimal('0.0001')).normalize():f}"
