"""What a license's owner is asked: the usual fields, and further ones only where this license's rule needs them."""

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from perennial.apps.licenses.fields import EARLIEST_YEAR, AnswerField, DayField, ListedField, whole
from perennial.apps.licenses.models import License
from perennial.apps.licenses.questions import HOLDS
from perennial.apps.licenses.rules import OTHER, OWN_MONTHS, Questions, jurisdictions, professions, questions_for, rule_base

MONTHS = [(str(n), calendar.month_name[n]) for n in range(1, 13)]
OWN_LINES = 5


def profession_choices() -> list[tuple[str, str]]:
    """The professions that rules cover, and everything else as one."""
    return [*professions(), (OTHER, "Another credential (associate, intern, LMSW …)")]


class ChooseForm(forms.Form):
    """State and profession."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"] = ListedField(
            label="Profession", what="profession", choices=profession_choices(), missing="Choose your profession."
        )
        self.fields["state"] = ListedField(label="State", what="state", choices=jurisdictions(), missing="Choose the state.", upper=True)


class LicenseForm(ChooseForm):
    """A license's dates and numbers, and what its rule asks besides. `day` is today; `strict` asks for what the rule cannot do without.

    Questions about the person among `answered` are not asked again; None: none is asked here.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        day: date,
        strict: bool = False,
        fixed: bool = False,
        answered: frozenset[str] | None = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.day = day
        self.strict = strict
        self.answered = answered
        state, profession = self._chosen()
        self.questions = questions_for(state, profession)
        if fixed:
            for name in ("state", "profession"):
                self.fields[name].widget = forms.HiddenInput()
        self._dates(strict=strict)
        self._further(self.questions, strict=strict)

    def _chosen(self) -> tuple[str, str]:
        source: Mapping[str, Any] = self.data if self.is_bound else self.initial
        return str(source.get("state", "")).strip().upper(), str(source.get("profession", "")).strip()

    @property
    def _asked(self) -> list[tuple[str, str]]:
        return [] if self.answered is None else [pair for pair in self.questions.attributes if pair[0] not in self.answered]

    @property
    def about_person(self) -> list[forms.BoundField]:
        """The questions about the person that are asked here."""
        return [self[f"{HOLDS}{slug}"] for slug, _ in self._asked]

    @property
    def asks_more(self) -> bool:
        """Whether anything is asked beyond the usual fields."""
        return self.questions.asks_license or bool(self._asked)

    @property
    def answers(self) -> dict[str, bool | None]:
        """The answers about the person by attribute; None: not sure."""
        return {slug: self.cleaned_data.get(f"{HOLDS}{slug}") for slug, _ in self._asked}

    def _dates(self, *, strict: bool) -> None:
        year = self.day.year
        self.fields["expires"] = DayField(
            label="License ends on",
            years=(year - 6, year + 12),
            missing="Enter the day on which the license ends; it stands on the license.",
            help_text="As it stands on the license.",
        )
        self.fields["issued"] = DayField(
            label="First issued on", years=(EARLIEST_YEAR, year + 1), required=False, help_text="Or the number."
        )
        self.fields["number"] = forms.CharField(
            label="License number",
            max_length=40,
            required=strict and self.questions.number,
            help_text="This rule goes by its last digit." if self.questions.number else "Or the day of issue.",
            error_messages={
                "required": "This rule goes by the last digit of the number. Enter the number.",
                "max_length": "A license number has 40 characters at most. Enter it as it stands on the license.",
            },
        )

    def _further(self, questions: Questions, *, strict: bool) -> None:
        if questions.birth_month:
            self.fields["birth_month"] = ListedField(
                label="Month of birth",
                what="month",
                choices=MONTHS,
                missing="Choose the month of birth; this rule counts from it.",
                required=strict,
            )
        if questions.last_application:
            self.fields["last_application"] = DayField(
                label="Last renewal application received on",
                years=(self.day.year - 12, self.day.year),
                required=False,
                help_text="The day on which the board received it; hours count from that day. Left empty, we count back from the end.",
            )
        if questions.renewal_number:
            self.fields["renewal"] = whole(
                "Which renewal is this?",
                60,
                "Enter 1 for the first renewal, 2 for the second, and so on up to 60.",
                "1 is the first. Left empty, we count from the day of issue.",
            )
        for slug, words in self._asked:
            self.fields[f"{HOLDS}{slug}"] = AnswerField(label=words)
        if len(questions.credentials) > 1:
            self.fields["credential"] = ListedField(
                label="Credential", what="credential of this rule", choices=questions.credentials, missing="", required=False
            )

    def clean(self) -> dict[str, Any]:
        """Look at the dates together."""
        found: dict[str, Any] = self.cleaned_data
        expires, issued, applied = (found.get(name) for name in ("expires", "issued", "last_application"))
        if expires and issued and issued > expires:
            self.add_error("expires", "The license ends before it was issued. Correct one of the two dates.")
        if applied and applied > self.day:
            self.add_error("last_application", "This day lies ahead. Enter the day on which the board received the last application.")
        why = self.questions.not_covered.get(found.get("credential", ""))
        if why and self.strict:
            self.add_error("credential", f"This rule does not cover it. {why} Choose “Follow it with your own list” beside this form.")
        return found

    def facts(self) -> dict[str, Any]:
        """The answers as `add_license` and `change_license` take them."""
        found = self.cleaned_data
        return {
            "jurisdiction": found["state"],
            "profession": found["profession"],
            "credential": found.get("credential") or self._only_credential(),
            "number": found.get("number", ""),
            "issued_on": found.get("issued"),
            "expires_on": found["expires"],
            "birth_month": int(month) if (month := found.get("birth_month")) else None,
            "renewal_number": found.get("renewal"),
            "last_application_received_on": found.get("last_application"),
        }

    def _only_credential(self) -> str:
        names = self.questions.credentials
        return names[0][0] if len(names) == 1 else ""


class OwnForm(LicenseForm):
    """A license that no rule covers: what it is called, how long its period is, and its owner's own list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = forms.CharField(
            label="Credential", max_length=60, error_messages={"required": "Say what the credential is called, such as LMSW."}
        )
        self.fields["months"] = whole("Months in a renewal period", 120, "Enter the months as a number from 1 to 120.", "24 where empty.")
        names = rule_base().vocabulary.topics.items()
        topics = [("", "All hours"), *sorted(((slug, word.name) for slug, word in names), key=lambda pair: pair[1])]
        for n in range(1, OWN_LINES + 1):
            self.fields[f"own_{n}_name"] = forms.CharField(label=f"What is asked, line {n}", max_length=80, required=False)
            self.fields[f"own_{n}_hours"] = _hours(f"CE hours, line {n}")
            self.fields[f"own_{n}_topic"] = forms.ChoiceField(label=f"Which hours count, line {n}", choices=topics, required=False)

    @property
    def lines(self) -> list[tuple[forms.BoundField, ...]]:
        """The fields of the own list, line by line."""
        return [tuple(self[f"own_{n}_{part}"] for part in ("name", "hours", "topic")) for n in range(1, OWN_LINES + 1)]

    def clean(self) -> dict[str, Any]:
        """A line needs both its name and its hours; two lines may not count the same hours."""
        found = super().clean()
        seen: set[str] = set()
        for n in range(1, OWN_LINES + 1):
            name, hours, topic = (found.get(f"own_{n}_{part}") for part in ("name", "hours", "topic"))
            if name and hours is None and f"own_{n}_hours" not in self.errors:
                self.add_error(f"own_{n}_hours", "Enter how many CE hours this line asks.")
            if hours is not None and not name:
                self.add_error(f"own_{n}_name", "Say what these hours are for.")
            if name and topic in seen:
                self.add_error(f"own_{n}_topic", "Another line counts these hours already. Choose a topic, or put both in one line.")
            if name:
                seen.add(str(topic))
        return found

    def facts(self) -> dict[str, Any]:
        """The answers with the own list."""
        found = self.cleaned_data
        own = [
            {"name": found[f"own_{n}_name"], "hours": str(found[f"own_{n}_hours"]), "topic": found[f"own_{n}_topic"]}
            for n in range(1, OWN_LINES + 1)
            if found[f"own_{n}_name"]
        ]
        return {**super().facts(), "own_requirements": own, "own_months": found.get("months") or OWN_MONTHS}


def _hours(label: str) -> forms.DecimalField:
    wrong = "Enter hours as a number above 0 and at most 1000, such as 1.5."
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.25"),
        max_value=Decimal(1000),
        max_digits=6,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.25", "min": "0.25"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), wrong),
    )


def initial_of(license: License) -> dict[str, Any]:
    """A license's facts as the forms show them."""
    own = {
        f"own_{n}_{part}": line.get(part, "")
        for n, line in enumerate(license.own_requirements[:OWN_LINES], 1)
        for part in ("name", "hours", "topic")
    }
    return {
        "state": license.jurisdiction,
        "profession": license.profession,
        "credential": license.credential,
        "number": license.number,
        "issued": license.issued_on,
        "expires": license.expires_on,
        "birth_month": license.birth_month and str(license.birth_month),
        "renewal": license.renewal_number,
        "last_application": license.last_application_received_on,
        "months": license.own_months,
        **own,
    }
