"""Reporting a mistake: without an account, with a source, and seen by no one but those who look after the rules."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.queries import rule_base
from perennial.apps.requirements.builders import make_report
from perennial.apps.requirements.forms import MistakeForm
from perennial.apps.requirements.models import RuleProposal
from perennial.apps.requirements.queries import token_of
from perennial.apps.requirements.services import decide

pytestmark = pytest.mark.django_db
ADDRESS = reverse("requirements:mistake", args=["ca", "clinical_social_worker"])
SENT = {
    "line": "requirements.total",
    "should_say": "38 hours are asked in each period.",
    "hours": "38",
    "url": "https://example.org/rule",
    "cite": "16 CCR 0000",
    "kind": "regulation",
    "read_on": "2026-11-20",
}


def test_a_report_is_kept_and_gets_a_number_without_an_account(client: Client) -> None:
    answer = client.post(ADDRESS, SENT)
    report = RuleProposal.objects.get()
    assert (report.jurisdiction, report.line, report.minutes, report.reporter) == ("CA", "requirements.total", 2280, None)
    assert answer.headers["Location"] == reverse("requirements:told", args=[token_of(report)])
    page = client.get(answer.headers["Location"])
    assert f"Your report has number {report.pk}" in page.content.decode()
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "38 hours" not in page.content.decode()


def test_the_rule_as_a_whole_can_be_meant(client: Client) -> None:
    assert client.post(ADDRESS, {**SENT, "line": "rule", "hours": ""}).status_code == 302
    assert RuleProposal.objects.get().line == ""


def test_a_person_who_is_signed_in_is_kept_with_it(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    client.post(ADDRESS, SENT)
    assert RuleProposal.objects.get().reporter == person


def test_every_rule_leads_to_its_form_and_every_line_can_be_named(client: Client) -> None:
    for jurisdiction, profession in list(rule_base().rules)[::17]:
        form = reverse("requirements:mistake", args=[jurisdiction.lower(), profession])
        assert form in client.get(reverse("portal:rule", args=[jurisdiction.lower(), profession])).content.decode()
        page = client.get(form).content.decode()
        for key in rule_base().rules[jurisdiction, profession].file.requirements:
            assert f'value="requirements.{key}"' in page


def test_the_line_in_the_address_is_chosen_already(client: Client) -> None:
    assert 'value="requirements.telehealth" selected' in client.get(ADDRESS, {"line": "requirements.telehealth"}).content.decode()
    assert 'value="" selected' in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("line", "requirements.nothing", "The rule has no such line"),
        ("line", "", "Choose what is wrong."),
        ("should_say", "", "Say what the rule should say."),
        ("should_say", "x" * 2001, "Use at most 2000 characters."),
        ("should_say", "bell \x07", "cannot be written"),
        ("hours", "many", "Enter CE hours in quarters"),
        ("hours", "1.1", "Enter CE hours in quarters"),
        ("hours", "-1", "Enter CE hours in quarters"),
        ("hours", "NaN", "Enter CE hours in quarters"),
        ("hours", "1e9", "Enter CE hours in quarters"),
        ("url", "", "Without a source nothing can be changed."),
        ("url", "javascript:alert(1)", "This is not a web address."),
        ("url", "ftp://example.org/rule", "This is not a web address."),
        ("url", "https://example.org/" + "x" * 500, "Give a shorter one"),
        ("kind", "hearsay", "is not in the list"),
        ("read_on", "", "Enter the day on which you read the source."),
        ("read_on", "yesterday", "is not a date"),
        ("read_on", "2019-02-30", "There is no such day"),
        ("read_on", "2126-01-01", "cannot be right here"),
        ("starts_on", "1066-01-01", "cannot be right here"),
        ("email", "not an address", "This is not an e-mail address."),
        ("website", "https://example.org", "A field that must stay empty was filled in"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do_and_nothing_is_kept(client: Client, field: str, value: str, says: str) -> None:
    answer = client.post(ADDRESS, {**SENT, field: value})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert 'name="website" value' not in answer.content.decode()
    assert not RuleProposal.objects.exists()


def test_hours_without_a_line_that_has_hours_are_asked_about(client: Client) -> None:
    for line in ("period", "rule", "open.telehealth_text"):
        assert "Hours go with a line" in client.post(ADDRESS, {**SENT, "line": line}).content.decode()
    assert client.post(ADDRESS, {**SENT, "line": "carry_over"}).status_code == 302


def test_a_day_ahead_is_not_a_day_of_reading() -> None:
    rule = rule_base().rules["CA", "clinical_social_worker"]
    forms = [MistakeForm(rule, date(2026, 5, 1), {**SENT, "read_on": day}) for day in ("2026-05-01", "2026-05-02")]
    assert [form.errors.get("read_on") for form in forms] == [None, ["This day lies ahead. Enter the day on which you read the source."]]


def test_what_was_sent_comes_back_escaped(client: Client) -> None:
    page = client.post(ADDRESS, {**SENT, "should_say": "<script>alert(1)</script>", "cite": '"><img src=x>', "url": ""}).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<img" not in page


def test_many_reports_from_one_place_wait_and_keep_their_words(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "reports"}}
    cache.clear()
    statuses = [client.post(ADDRESS, {**SENT, "should_say": f"Mistake {number}."}).status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]
    last = client.post(ADDRESS, {**SENT, "should_say": "A long text that took a while."})
    assert "A long text that took a while." in last.content.decode()
    assert "wait a while" in last.content.decode()
    assert client.post(ADDRESS, {**SENT, "url": ""}).status_code == 400
    assert RuleProposal.objects.count() == 10
    cache.clear()


def test_the_reply_stands_at_the_address_of_the_report(client: Client) -> None:
    report = make_report()
    decide(proposal=report, accept=True, reply="Read <again>: 38.", by=make_person(is_staff=True), at=timezone.now())
    page = client.get(reverse("requirements:told", args=[token_of(report)])).content.decode()
    assert f"Report {report.pk}: accepted" in page
    assert "Read &lt;again&gt;: 38." in page


@pytest.mark.parametrize("token", ["1", "1~x", "x" * 80])
def test_another_token_opens_nothing(client: Client, token: str) -> None:
    make_report()
    assert client.get(reverse("requirements:told", args=[token])).status_code == 404


def test_a_rule_that_is_not_there_has_no_form(client: Client) -> None:
    for args in (["zz", "counselor"], ["ca", "wizard"]):
        assert client.get(reverse("requirements:mistake", args=args)).status_code == 404


def test_a_form_without_its_token_is_turned_away() -> None:
    strict: Any = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS, SENT).status_code == 403
    assert not RuleProposal.objects.exists()
