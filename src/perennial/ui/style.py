"""The style guide: every component as it stands, for those who build pages."""

from datetime import date
from decimal import Decimal

from django import forms
from django.http import HttpRequest, HttpResponse

from perennial.ui.page import Page, show


class SampleForm(forms.Form):
    """A form with each kind of field."""

    state = forms.ChoiceField(label="State", choices=[("", "Choose a state"), ("CA", "California"), ("TX", "Texas")])
    expires = forms.DateField(label="Expires", help_text="As printed on your license, for example 2027-02-28.")
    hours = forms.DecimalField(label="CE hours", min_value=Decimal("0.25"), max_value=Decimal(200))
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Nothing about clients.")
    first = forms.ChoiceField(label="Is this your first renewal?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    remind = forms.BooleanField(label="Remind me 60 days before", required=False)


class StylePage(Page):
    """Samples for each component."""

    template = "ui/style.html"
    title = "Style guide"
    description = "Each component of Perennial's pages."
    form: SampleForm
    wrong: SampleForm
    read: date
    lines: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]


def style(request: HttpRequest) -> HttpResponse:
    """Show the style guide."""
    page = StylePage(
        form=SampleForm(auto_id="fresh_%s"),
        wrong=SampleForm({"expires": "2027-02-30", "hours": "0"}, auto_id="wrong_%s"),
        read=date(2026, 11, 12),
        lines=(
            ("part", "Ethics"),
            ("missing", "Jurisprudence exam"),
            ("booked", "Cultural diversity"),
            ("met", "Live hours"),
            ("met", "Own reading"),
        ),
        rows=(("Rule", "12 Ex. Admin. Code 4.010"), ("In force", "since 1 July 2024"), ("Last read", "12 November 2026")),
    )
    return show(request, page)
