"""The question of the home page: a license without an account, and the answer to it."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from perennial.apps.licenses.forms import LicenseForm
from perennial.apps.licenses.queries import OTHER, name_of, rule_for
from perennial.apps.portal.finding import Finding, finding_of
from perennial.core.rules import Done, License, Rule, Standing, evaluate

BIRTH_YEAR = 2000  # only the month matters


class AskForm(LicenseForm):
    """State, profession, dates and number; further fields where the rule needs them. Sent by GET, so that nothing is kept."""

    def __init__(self, data: Any = None, *, day: date, **kwargs: Any) -> None:
        super().__init__(data, day=day, **kwargs)
        if self.questions.duties:
            self.fields["done"] = forms.MultipleChoiceField(
                label="Done already?",
                choices=self.questions.duties,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "“%(value)s” is not in this list. Choose from the list."},
            )

    @property
    def usual(self) -> list[forms.BoundField]:
        """The five fields that every license is asked."""
        return [self[name] for name in ("profession", "state", "expires", "issued", "number")]

    @property
    def more(self) -> list[forms.BoundField]:
        """The further fields, where this rule needs them."""
        names = ("birth_month", "last_application", "renewal", "credential")
        last = [self["done"]] if "done" in self.fields else []
        return [*(self[name] for name in names if name in self.fields), *self.about_person, *last]

    @property
    def rule(self) -> Rule | None:
        """The rule of the license asked about."""
        return rule_for(*self._chosen())

    @property
    def not_covered(self) -> str:
        """Why no rule covers the credential asked about; empty where one does."""
        found = self.cleaned_data
        if found.get("profession") == OTHER:
            return "No rule here covers it yet: associate licenses, interns and master-level credentials have rules of their own."
        credential = found.get("credential", "")
        return self.questions.not_covered.get(credential, "")

    @property
    def name(self) -> str:
        """How the license asked about is called."""
        found = self.cleaned_data
        return name_of(found["state"], found["profession"], found.get("credential", ""))

    def finding(self) -> Finding | None:
        """What this license needs, with no credits; None where no rule covers it."""
        rule = self.rule
        if rule is None or self.not_covered:
            return None
        return finding_of(self.name, rule, evaluate(rule, self._standing()), self.day)

    def _standing(self) -> Standing:
        found = self.cleaned_data
        month = found.get("birth_month")
        license = License(
            expires=found["expires"],
            issued=found.get("issued"),
            birth_date=date(BIRTH_YEAR, int(month), 1) if month else None,
            renewal_number=found.get("renewal"),
            last_application_received=found.get("last_application"),
            number=found.get("number") or None,
        )
        done = tuple(Done(slug) for slug in found.get("done", ()))
        held = frozenset(slug for slug, answer in self.answers.items() if answer)
        unanswered = frozenset(slug for slug, answer in self.answers.items() if answer is None)
        return Standing(license, self.day, attributes=held, done=done, unanswered=unanswered)

    def kept(self, *, own: bool = False) -> str:
        """What was typed, as a query for the page that adds a license; `own`: to be followed with an own list."""
        query = QueryDict(mutable=True)
        names = ("state", "profession", "expires", "issued", "number", "birth_month", "last_application", "renewal", "credential")
        for name in (*names, *(bound.name for bound in self.about_person)):
            if self.data.get(name):
                query[name] = self.data[name]
        if own:
            query["profession"] = OTHER
        return query.urlencode()
