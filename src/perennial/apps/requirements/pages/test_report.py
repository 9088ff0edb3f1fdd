"""One report: the change beside the rule file, the decision, and the change as a file."""

from decimal import Decimal

import pytest
import rtoml
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.queries import rule_for
from perennial.apps.requirements.builders import make_report
from perennial.apps.requirements.models import RuleProposal
from perennial.core.rules.load import rule_of
from perennial.core.rules.rule import in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_person(is_staff=True, name="Rae Sample"))
    return client


def page_of(staff: Client, report: RuleProposal) -> str:
    return staff.get(reverse("requirements:report", args=[report.pk])).content.decode()


def test_the_change_stands_beside_the_rule_file_with_what_it_would_do(staff: Client) -> None:
    page = page_of(staff, make_report())
    assert "<del>- hours = 36</del>" in page
    assert "<ins>+ hours = 38</ins>" in page
    assert "The changed file would be in order." in page
    assert "Worked cases that would answer otherwise" in page


def test_without_hours_the_present_text_is_shown_and_a_person_writes_the_change(staff: Client) -> None:
    page = page_of(staff, make_report(minutes=None, line="approvals"))
    assert "a person writes the change" in page
    assert "<ins>" not in page
    assert "Nothing stands there now" in page_of(staff, make_report(minutes=None, line=""))


def test_a_decision_needs_a_reply_and_a_side(staff: Client) -> None:
    report = make_report()
    address = reverse("requirements:report", args=[report.pk])
    assert staff.post(address, {"do": "accept", "reply": ""}).status_code == 400
    assert staff.post(address, {"reply": "Well."}).status_code == 409
    report.refresh_from_db()
    assert report.state == "open"
    assert staff.post(address, {"do": "decline", "reply": "The rule says <36>."}).status_code == 302
    page = page_of(staff, report)
    assert "The rule says &lt;36&gt;." in page
    assert "Rae Sample" in page
    assert 'name="reply"' not in page
    assert staff.post(address, {"do": "accept", "reply": "Yes."}).status_code == 409


def test_untrusted_text_is_escaped_and_its_link_tells_nothing(staff: Client) -> None:
    report = make_report(should_say="<b>bold</b>", cite="<i>", url='https://example.org/"><script>', email="a+b@example.org")
    page = page_of(staff, report)
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<script>" not in page.replace('<script type="module"', "")
    assert 'rel="noreferrer nofollow noopener"' in page
    assert "mailto:a%2Bb@example.org" in page


def test_the_file_shows_present_and_proposed_and_can_be_written_into_the_rule_file(staff: Client, settings: Settings) -> None:
    report = make_report(should_say='38 hours"""\n[evil]\nx = 1', email="someone@example.org")
    answer = staff.get(reverse("requirements:change_file", args=[report.pk]))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="report-{report.pk}-ca-clinical_social_worker.toml"'
    text = answer.content.decode()
    tables = rtoml.loads(text)
    assert set(tables) == {"proposal", "present", "proposed"}
    assert tables["proposal"]["should_say"] == '38 hours"""\n[evil]\nx = 1'
    assert tables["proposal"]["source"]["url"] == "https://example.org/rule"
    assert tables["proposal"]["cases_that_answer_otherwise"]
    assert tables["present"]["requirements"]["total"]["at_least"][0]["hours"] == 36
    assert "someone@example.org" not in text
    path = settings.RULEBASE / "us" / "ca" / "clinical_social_worker.toml"
    file = rtoml.loads(path.read_text(encoding="utf-8"))
    file["requirements"] |= tables["proposed"]["requirements"]
    file["sources"] |= tables["proposed"]["sources"]
    present = rule_for("CA", "clinical_social_worker")
    assert present is not None
    rule, problems = rule_of(file, path, present.vocabulary, "changed")
    assert rule is not None, problems
    figure = in_force(rule.file.requirements["total"].at_least, timezone.localdate())
    assert figure is not None
    assert (figure.hours, figure.source) == (Decimal(38), f"report-{report.pk}")


def test_a_rule_file_that_went_is_told(staff: Client) -> None:
    report = make_report()
    RuleProposal.objects.filter(pk=report.pk).update(profession="gone")
    assert "The rule file cannot be read." in page_of(staff, report)
    assert staff.get(reverse("requirements:change_file", args=[report.pk])).status_code == 409


def test_a_report_that_is_not_there_is_404(staff: Client) -> None:
    assert staff.get(reverse("requirements:report", args=[1])).status_code == 404
