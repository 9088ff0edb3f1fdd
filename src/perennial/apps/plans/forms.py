"""What a person enters about a course found elsewhere: its facts, a pasted text, a catalog's file."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from perennial.apps.plans.catalogs import in_minutes
from perennial.apps.plans.facts import HOUR_LENGTHS, CourseFacts, ToldApproval
from perennial.apps.plans.models import MOST_CENTS, MOST_MINUTES
from perennial.apps.plans.pasting import MOST_CHARACTERS, Pasted
from perennial.apps.plans.services import EARLIEST, LATEST
from perennial.apps.plans.words import format_choices, name_of, topic_choices, vocabulary

TOPIC_LINES, APPROVAL_LINES, MOST_LINES = 3, 3, 20
NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")
MONEY = re.compile(r"\$?\s*(\d{1,6}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
NO_DAY = "There is no such day. Enter it as year, month and day, such as 2027-02-28."


class NumberField(forms.CharField):
    """Hours such as 1.5, more than 0; gives a Decimal or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "6"}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        """The number, or None where nothing was entered and nothing must be."""
        text = super().clean(value)
        if not text:
            return None
        number = Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else Decimal(0)
        if not 0 < number <= MOST_MINUTES // 60:
            raise forms.ValidationError("Enter the hours as a number, such as 1.5. They are more than 0 and at most 1000.")
        return number


class MoneyField(forms.CharField):
    """Dollars such as 49 or 49.50, 0 or free; gives cents or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=14, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "8"}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        """The cents, or None where nothing was entered."""
        text = super().clean(value)
        if not text:
            return None
        if text.lower() == "free":
            return 0
        match = MONEY.fullmatch(text)
        cents = int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0")) if match else MOST_CENTS + 1
        if cents > MOST_CENTS:
            raise forms.ValidationError("Enter dollars, such as 49 or 49.50, and 0 where it is free.")
        return cents


class DayField(forms.DateField):
    """A day that need not be entered."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, required=False, error_messages={"invalid": NO_DAY}, **kwargs)

    def clean(self, value: Any) -> Any:
        """The day, in a year that can be."""
        found = super().clean(value)
        if found and not EARLIEST <= found <= LATEST:
            raise forms.ValidationError("Look at the year.")
        return found


class OutsideForm(forms.Form):
    """A course, event or session found elsewhere."""

    title = forms.CharField(label="Title", max_length=300, error_messages={"required": "Enter the title of the course."})
    provider_name = forms.CharField(label="Provider", max_length=200, required=False)
    hours = NumberField(label="CE hours", error_messages={"required": "Enter the hours, such as 1.5."})
    minutes_per_hour = forms.TypedChoiceField(
        label="Minutes in one of them", choices=[(str(n), str(n)) for n in HOUR_LENGTHS], coerce=int, required=False
    )
    starts_on = DayField(label="Day", help_text="Leave empty: any day.")
    ends_on = DayField(label="Last day", help_text="Where it takes several.")
    price = MoneyField(label="Price in dollars", required=False, help_text="0 where it is free. A plan needs it.")
    takes = NumberField(label="Hours that it takes", required=False, help_text="Empty: as long as its CE hours.")
    url = forms.URLField(
        label="Web address",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "This is not a web address. It begins with https://."},
    )
    course_key = forms.CharField(
        label="Course number", max_length=200, required=False, help_text="The same number marks the same course; some boards count it once."
    )

    def __init__(self, *args: Any, topics: int = TOPIC_LINES, approvals: int = APPROVAL_LINES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic_rows = range(1, min(max(topics, self._sent("topic_"), TOPIC_LINES), MOST_LINES) + 1)
        self.approval_rows = range(1, min(max(approvals, self._sent("body_"), APPROVAL_LINES), MOST_LINES) + 1)
        self.fields["format"] = forms.ChoiceField(
            label="Format",
            choices=[("", "Choose how it is taught"), *format_choices()],
            error_messages={"required": "Choose how the course is taught."},
        )
        for row in self.topic_rows:
            choices = [("", "No topic"), *topic_choices()]
            self.fields[f"topic_{row}"] = forms.ChoiceField(label=f"Topic {row}", choices=choices, required=False)
            self.fields[f"topic_hours_{row}"] = NumberField(label=f"CE hours in topic {row}", required=False)
        for row in self.approval_rows:
            body = forms.TextInput(attrs={"list": "approvers", "autocomplete": "off"})
            self.fields[f"body_{row}"] = forms.CharField(
                label="Approved by" if row == 1 else f"Approved by, {row}", max_length=200, required=False, widget=body
            )
            self.fields[f"number_{row}"] = forms.CharField(label="Number", max_length=80, required=False)
            self.fields[f"from_{row}"] = DayField(label="Holds from")
            self.fields[f"until_{row}"] = DayField(label="Holds until")

    def _sent(self, prefix: str) -> int:
        rows = [name.removeprefix(prefix) for name in self.data if name.startswith(prefix)] if self.is_bound else []
        return max((int(row) for row in rows if row.isdecimal() and len(row) < 4), default=0)

    @property
    def topic_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of topic and hours."""
        return [(self[f"topic_{row}"], self[f"topic_hours_{row}"]) for row in self.topic_rows]

    @property
    def approval_lines(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """The approvals, each as the body and its number, from and until."""
        return [(self[f"body_{row}"], [self[f"{name}_{row}"] for name in ("number", "from", "until")]) for row in self.approval_rows]

    def clean(self) -> dict[str, Any]:
        """Look at days, topics and approvals together."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if ends and not starts and "starts_on" not in self.errors:
            self.add_error("starts_on", "Enter the first day, or leave both empty.")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day lies before the first.")
        for row in self.approval_rows:
            first, last = data.get(f"from_{row}"), data.get(f"until_{row}")
            if first and last and last < first:
                self.add_error(f"until_{row}", "It ends before it begins.")
            if (first or last or data.get(f"number_{row}")) and not data.get(f"body_{row}") and f"body_{row}" not in self.errors:
                self.add_error(f"body_{row}", "Enter who has approved it.")
        return {**data, "topics": self._topics(data)}

    def _topics(self, data: dict[str, Any]) -> dict[str, int]:
        found: dict[str, int] = {}
        whole, length = data.get("hours"), data.get("minutes_per_hour") or 60
        for row in self.topic_rows:
            slug, hours = data.get(f"topic_{row}"), data.get(f"topic_hours_{row}")
            if f"topic_{row}" in self.errors or f"topic_hours_{row}" in self.errors or whole is None:
                continue
            if hours and not slug:
                self.add_error(f"topic_{row}", "Choose the topic of these hours.")
            elif slug in found:
                self.add_error(f"topic_{row}", f"{name_of(slug)} stands twice. Enter its hours in one line.")
            elif hours and hours > whole:
                self.add_error(f"topic_hours_{row}", "These hours are inside the hours of the course and cannot be more.")
            elif slug:
                found[slug] = in_minutes(hours or whole, length)
        return found

    def facts(self) -> CourseFacts:
        """What was entered, as the services take it."""
        data = self.cleaned_data
        length = data["minutes_per_hour"] or 60
        return CourseFacts(
            title=data["title"],
            provider_name=data["provider_name"],
            minutes=in_minutes(data["hours"], length),
            minutes_per_hour=length,
            takes_minutes=in_minutes(data["takes"], 60) if data["takes"] else None,
            format=data["format"],
            topics=data["topics"],
            approvals=tuple(
                ToldApproval(vocabulary().approval(data[f"body_{row}"]), data[f"number_{row}"], data[f"from_{row}"], data[f"until_{row}"])
                for row in self.approval_rows
                if data[f"body_{row}"]
            ),
            price_cents=data["price"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"] or data["starts_on"],
            url=data["url"],
            course_key=data["course_key"],
        )


class PasteForm(forms.Form):
    """A text about a course."""

    text = forms.CharField(
        label="Text about the course",
        max_length=MOST_CHARACTERS,
        help_text="A course page, an e-mail or a line of a catalog. It is read on this site and not kept.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Paste a text first.",
            "max_length": "Paste at most 20,000 characters.",
        },
    )


class CatalogForm(forms.Form):
    """A catalog as a file or as pasted text."""

    file = forms.FileField(
        label="Catalog file",
        required=False,
        allow_empty_file=True,
        help_text="JSON or CSV in UTF-8, up to 2 MB and 2,000 courses.",
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.txt"}),
    )
    text = forms.CharField(label="Or paste it", required=False, max_length=2_000_000, widget=forms.Textarea(attrs={"rows": 5}))

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        data = super().clean() or {}
        if not self.errors and data.get("file") is None and not data.get("text"):
            self.add_error("file", "Choose a file, or paste the catalog.")
        return data


def in_hours(minutes: int, length: int) -> str:
    """Minutes as one enters hours of this length, exact enough to give the same minutes again."""
    return f"{(Decimal(minutes) / length).quantize(Decimal('0.0001')).normalize():f}"


def initial_of(facts: CourseFacts) -> dict[str, Any]:
    """A course as the form shows it."""
    length = facts.minutes_per_hour
    takes = facts.takes_minutes if facts.takes_minutes not in (None, facts.minutes) else None
    return {
        "title": facts.title,
        "provider_name": facts.provider_name,
        "hours": in_hours(facts.minutes, length),
        "minutes_per_hour": length,
        "takes": in_hours(takes, 60) if takes else "",
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on if facts.ends_on != facts.starts_on else None,
        "format": facts.format,
        "price": "" if facts.price_cents is None else f"{facts.price_cents / 100:.2f}".removesuffix(".00"),
        "url": facts.url,
        "course_key": facts.course_key,
        **_topic_lines((slug, in_hours(minutes, length)) for slug, minutes in facts.topics.items()),
        **_approval_lines(facts.approvals),
    }


def initial_of_pasted(read: Pasted) -> dict[str, Any]:
    """What a text seems to say, as the form shows it for a person to confirm."""
    return {
        "title": read.title,
        "provider_name": read.provider_name[:200],
        "hours": "" if read.hours is None else f"{read.hours.normalize():f}",
        "minutes_per_hour": read.minutes_per_hour,
        "starts_on": read.starts_on,
        "ends_on": read.ends_on if read.ends_on != read.starts_on else None,
        "format": read.format,
        "price": "" if read.price is None else f"{read.price:.2f}".removesuffix(".00"),
        "url": read.url[:500],
        **_topic_lines((slug, "" if hours is None else f"{hours.normalize():f}") for slug, hours in read.topics),
        **_approval_lines(read.approvals),
    }


def _topic_lines(topics: Any) -> dict[str, Any]:
    rows = enumerate(topics, 1)
    return {name: value for row, (slug, hours) in rows for name, value in ((f"topic_{row}", slug), (f"topic_hours_{row}", hours))}


def _approval_lines(approvals: tuple[ToldApproval, ...]) -> dict[str, str | date | None]:
    return {
        f"{name}_{row}": value
        for row, told in enumerate(approvals, 1)
        for name, value in (("body", name_of(told.body)), ("number", told.number), ("from", told.starts), ("until", told.until))
    }
