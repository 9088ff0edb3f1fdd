"""What people choose on the page of all rules, what they report, and what is replied."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import URLValidator

from perennial.apps.licenses.fields import DayField
from perennial.apps.licenses.queries import professions
from perennial.apps.requirements.coverage import ALL, ANY, ORDERS, Choice
from perennial.apps.requirements.lines import WHOLE, groups_of, lines_of
from perennial.apps.requirements.services import LONGEST_CITE, LONGEST_TEXT, LONGEST_URL, Report
from perennial.core.rules import Rule
from perennial.core.rules.proposal import FIGURES
from perennial.core.values.words import KNOWN, SOURCE_KINDS

UNKNOWN = {"invalid_choice": "“%(value)s” is not in the list. Choose one that is."}


def choice_field(label: str, choices: list[tuple[str, str]], widget: type[forms.Widget] = forms.Select) -> forms.ChoiceField:
    """One of a list; anything else is named."""
    return forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages=UNKNOWN)


class CoverageForm(forms.Form):
    """Which rules to show, and in which order; everything may be left out."""

    confidence = choice_field("How well known", [(ANY, "Any"), *((key, words.capitalize()) for key, words in KNOWN.items())])
    open = choice_field("Open questions", [(ANY, "Any"), ("some", "With open questions"), ("none", "Without open questions")])
    sort = choice_field("Order by", [(key, key) for key in ORDERS], forms.HiddenInput)
    order = choice_field("Order", [("up", "up"), ("down", "down")], forms.HiddenInput)

    def __init__(self, given: Mapping[str, str], usual: str) -> None:
        usually = {"profession": usual, "confidence": ANY, "open": ANY, "sort": "state", "order": "up"}
        super().__init__(usually | {key: value for key, value in given.items() if value})
        self.usual = usual
        self.fields = {"profession": choice_field("Profession", [*professions(), (ALL, "All professions")]), **self.fields}

    def choice(self) -> Choice:
        """What was chosen, once the form was looked at; what is not in a list is left out."""
        data = self.cleaned_data
        return Choice(
            profession=data.get("profession", self.usual),
            confidence=data.get("confidence", ANY),
            open=data.get("open", ANY),
            sort=data.get("sort", "state"),
            down=data.get("order") == "down",
        )


QUARTER = Decimal("0.25")
LINE = {"required": "Choose what is wrong.", "invalid_choice": "The rule has no such line. Choose one from the list."}
IN_ALL = "rule"  # stands in the form for the rule as a whole
NO_HOURS = "Enter CE hours in quarters, such as 36 or 1.5. They lie between 0 and 1000."


class Unseen(forms.TextInput):
    """A field that people never see and that programs fill in; it is always shown empty."""

    def format_value(self, value: Any) -> None:
        """Nothing, whatever was sent."""


class MistakeForm(forms.Form):
    """What is wrong in a rule, what it should say, and where that was read."""

    should_say = forms.CharField(
        label="What should it say?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In your own words, please, not copied from the source.",
        error_messages={"required": "Say what the rule should say.", "max_length": f"Use at most {LONGEST_TEXT} characters."},
    )
    hours = forms.DecimalField(
        label="CE hours that it should name",
        required=False,
        min_value=0,
        max_value=1000,
        help_text="Where the hours are wrong.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_HOURS),
    )
    url = forms.URLField(
        label="Web address of the source",
        max_length=LONGEST_URL,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"], message="This is not a web address. It begins with https://.")],
        error_messages={
            "required": "Enter the address at which you read it. Without a source nothing can be changed.",
            "invalid": "This is not a web address. It begins with https://.",
            "max_length": f"This address has more than {LONGEST_URL} characters. Give a shorter one, such as that of the page above it.",
        },
    )
    cite = forms.CharField(
        label="Citation",
        max_length=LONGEST_CITE,
        required=False,
        help_text="The section or clause, such as 16 CCR 1887.3.",
        error_messages={"max_length": f"Use at most {LONGEST_CITE} characters."},
    )
    kind = choice_field("What is it?", list(SOURCE_KINDS.items()))
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Only if we may ask you back. Only those who look after the rules see it.",
        error_messages={"invalid": "This is not an e-mail address. Correct it, or leave it empty."},
    )
    website = forms.CharField(label="Leave this empty", required=False, widget=Unseen(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, rule: Rule, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.today = rule, today
        self.fields["line"] = forms.ChoiceField(label="What is wrong?", choices=line_choices(rule), error_messages=LINE)
        self.fields["read_on"] = DayField(
            years=(2000, today.year), label="Day on which you read it", missing="Enter the day on which you read the source."
        )
        self.fields["starts_on"] = DayField(
            years=(1950, today.year + 20), label="In force since", required=False, help_text="Where the source names a day."
        )
        self.order_fields(["line", "should_say", "hours", "starts_on", "url", "cite", "kind", "read_on", "email"])

    def clean_hours(self) -> Decimal | None:
        """Hours in quarters, so that they are whole minutes."""
        hours: Decimal | None = self.cleaned_data["hours"]
        if hours is not None and hours % QUARTER:
            raise forms.ValidationError(NO_HOURS)
        return hours

    def clean(self) -> dict[str, Any]:
        """Look at the day, the hours and the field that people never see."""
        data = super().clean() or {}
        if data.get("website"):
            self.add_error(
                None, "A field that must stay empty was filled in, perhaps by your browser. It is empty again: look once more, and send it."
            )
        if data.get("read_on") and data["read_on"] > self.today:
            self.add_error("read_on", "This day lies ahead. Enter the day on which you read the source.")
        if data.get("hours") is not None and data.get("line", "").partition(".")[0] not in FIGURES:
            self.add_error("hours", "Hours go with a line that asks or allows hours. Choose that line, or leave the hours empty.")
        return data

    def report(self) -> Report:
        """What was entered, as the service takes it."""
        data = self.cleaned_data
        return Report(
            jurisdiction=self.rule.jurisdiction,
            profession=self.rule.profession,
            line=data["line"] if data["line"] != IN_ALL else WHOLE,
            should_say=data["should_say"],
            minutes=None if data["hours"] is None else int(data["hours"] * 60),
            starts_on=data["starts_on"],
            cite=data["cite"],
            url=data["url"],
            kind=data["kind"],
            read_on=data["read_on"],
            email=data["email"],
        )


def line_choices(rule: Rule) -> list[tuple[str, Any]]:
    """The lines of a rule in groups, none of them chosen."""
    names = lines_of(rule)
    groups = [(title, [(key or IN_ALL, names[key]) for key in group]) for title, group in groups_of(rule).items() if group]
    return [("", "Choose a line of the rule"), *groups]


class ReplyForm(forms.Form):
    """The reply to whoever sent a report."""

    reply = forms.CharField(
        label="Reply",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Whoever sent the report reads it. Say what was changed, or why nothing is.",
        error_messages={
            "required": "Write a reply. Nothing is decided in silence.",
            "max_length": f"Use at most {LONGEST_TEXT} characters.",
        },
    )
