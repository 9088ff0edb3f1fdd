"""What a person wishes of a plan, as an address carries it: what to spare, how much there is, what to learn, what to leave out."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from perennial.apps.plans.catalogs import in_minutes
from perennial.apps.plans.forms import DayField, MoneyField, NumberField
from perennial.apps.plans.words import format_choices, topic_choices
from perennial.core.planner.facts import Objective

COST: Objective = "cost"
HOURS: Objective = "hours"
TIME: Objective = "time"
SPARE = ((COST, "Money"), (HOURS, "CE hours"), (TIME, "My time"))
MOST_LEFT_OUT = 200


@dataclass(frozen=True, slots=True)
class Wishes:
    """Wishes as values: money in cents, time in whole minutes."""

    minimize: Objective = COST
    budget_cents: int | None = None
    minutes: int | None = None
    minutes_a_month: int | None = None
    by: date | None = None
    topics: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    without: tuple[str, ...] = field(default=())

    def as_row(self) -> dict[str, Any]:
        """As a kept plan holds them."""
        return {
            "minimize": self.minimize,
            "budget_cents": self.budget_cents,
            "minutes": self.minutes,
            "minutes_a_month": self.minutes_a_month,
            "by": self.by.isoformat() if self.by else None,
            "topics": list(self.topics),
            "formats": list(self.formats),
            "without": list(self.without),
        }

    @property
    def query(self) -> str:
        """The wishes as the tail of an address, with its question mark; empty where nothing is wished."""
        pairs: list[tuple[str, str]] = []
        if self.minimize != COST:
            pairs.append(("minimize", self.minimize))
        if self.budget_cents is not None:
            pairs.append(("budget", f"{self.budget_cents / 100:.2f}".removesuffix(".00")))
        for name, minutes in (("time", self.minutes), ("monthly", self.minutes_a_month)):
            if minutes is not None:
                pairs.append((name, f"{minutes / 60:.4f}".rstrip("0").rstrip(".")))
        if self.by is not None:
            pairs.append(("by", self.by.isoformat()))
        for name, values in (("topic", self.topics), ("format", self.formats), ("without", self.without)):
            pairs += [(name, value) for value in values]
        return f"?{urlencode(pairs)}" if pairs else ""

    def but(self, choice_id: str) -> "Wishes":
        """The same wishes without one course."""
        return replace(self, without=tuple(sorted({*self.without, choice_id})))

    def again(self, choice_id: str) -> "Wishes":
        """The same wishes with a course allowed again."""
        return replace(self, without=tuple(one for one in self.without if one != choice_id))


def wishes_of(row: dict[str, Any]) -> Wishes:
    """Wishes as a kept plan held them."""
    by = row.get("by")
    return Wishes(
        minimize=row["minimize"],
        budget_cents=row["budget_cents"],
        minutes=row["minutes"],
        minutes_a_month=row["minutes_a_month"],
        by=date.fromisoformat(by) if by else None,
        topics=tuple(row["topics"]),
        formats=tuple(row["formats"]),
        without=tuple(row["without"]),
    )


class WishesForm(forms.Form):
    """The wishes as an address or the form beside a plan gives them."""

    minimize = forms.ChoiceField(label="Spare most of all", choices=SPARE, widget=forms.RadioSelect, initial=COST)
    budget = MoneyField(label="Budget in dollars", required=False)
    time = NumberField(label="Hours I have in all", required=False)
    monthly = NumberField(label="Hours a month", required=False, help_text="Spreads what has no day of its own.")
    by = DayField(label="Done by", help_text="Empty: by each license's own day.")

    def __init__(self, data: Any = None, *, day: date, **kwargs: Any) -> None:
        if data is not None and not data.get("minimize"):
            data = data.copy()
            data["minimize"] = COST
        super().__init__(data, **kwargs)
        self.day = day
        self.fields["topic"] = forms.MultipleChoiceField(
            label="Topics I want", choices=topic_choices(), required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["format"] = forms.MultipleChoiceField(
            label="Formats I like", choices=format_choices()[:5], required=False, widget=forms.CheckboxSelectMultiple
        )

    def clean_by(self) -> date | None:
        """The day must lie ahead."""
        found: date | None = self.cleaned_data["by"]
        if found and found < self.day:
            raise forms.ValidationError("This day is past.")
        return found

    def wishes(self) -> Wishes:
        """The wishes; of what was not understood nothing is wished."""
        data = self.cleaned_data if self.is_bound and not self.errors else {}
        left_out = self.data.getlist("without") if self.is_bound and hasattr(self.data, "getlist") else []
        return Wishes(
            minimize=data.get("minimize") or COST,
            budget_cents=data.get("budget"),
            minutes=in_minutes(data["time"], 60) if data.get("time") else None,
            minutes_a_month=in_minutes(data["monthly"], 60) if data.get("monthly") else None,
            by=data.get("by"),
            topics=tuple(data.get("topic") or ()),
            formats=tuple(data.get("format") or ()),
            without=tuple(sorted({one[:120] for one in left_out if one}))[:MOST_LEFT_OUT],
        )
