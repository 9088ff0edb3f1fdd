"""The audit check: findings with their credits, the empty state, other days, and nobody else's license."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.services import add_proof
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.licenses.services import remove_license
from perennial.apps.providers.builders import make_approval, make_provider
from perennial.apps.standing.auditing import audit_of
from perennial.apps.standing.queries import standing_of_license

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = date(2026, 11, 25)
OWN: dict[str, Any] = {"profession": "other", "own_months": 24, "own_requirements": [{"name": "All", "hours": "3", "topic": ""}]}


def address(license: License) -> str:
    return reverse("standing:audit", args=[license.pk])


def shown(person: Person, **facts: Any) -> None:
    """A credit with its certificate."""
    entry = make_credit(person=person, **facts)
    add_proof(entry=entry, upload=SimpleUploadedFile("proof.pdf", b"%PDF-1.7\n%%EOF\n"), at=AT)


def page(client: Client, license: License, **query: str) -> str:
    client.force_login(license.person)
    answer = client.get(address(license), query)
    assert answer.status_code == 200
    return answer.content.decode()


def found(license: License) -> list[tuple[str, str]]:
    return [(f.kind, f.severity) for f in audit_of(standing_of_license(license, day=DAY), today=DAY).findings]


def test_findings_stand_by_severity_with_credit_citation_and_what_to_do(client: Client) -> None:
    license = make_license()
    entry = make_credit(person=license.person, title="Grief in families", approvals=["ASWB_ACE"])
    text = page(client, license)
    assert "Would fail" in text
    assert "36 CE hours count. 33 missing." in text
    assert "Earn 33 CE hours more by 30 June 2027." in text
    assert "16 CCR 1887.3" in text
    assert reverse("credits:entry", args=[entry.pk]) in text
    assert "No certificate is kept with it" in text


def test_a_record_in_order_says_that_nothing_was_found(client: Client) -> None:
    license = make_license(**OWN)
    shown(license.person)
    text = page(client, license)
    assert "Nothing found" in text
    assert "Would fail" not in text


def test_a_certificate_entered_twice_is_found() -> None:
    license = make_license(**OWN)
    shown(license.person)
    shown(license.person)
    assert found(license) == [("duplicate", "check")]


def test_an_approval_that_the_provider_did_not_hold_on_the_day_is_found() -> None:
    license = make_license()
    provider = make_provider(name="Valley Institute")
    make_approval(provider=provider, body="ASWB ACE", starts_on=date(2023, 1, 1), ends_on=date(2026, 9, 20))
    for title, day in (("In time", date(2026, 9, 19)), ("Too late", date(2026, 9, 20))):
        shown(license.person, title=title, completed_on=day, provider_name="Valley Institute", approvals=["ASWB_ACE"])
    audit = audit_of(standing_of_license(license, day=DAY), today=DAY)
    (lapsed,) = [row for group in audit.groups for row in group.rows if row.what.startswith("The approval")]
    assert [credit.title for credit in lapsed.credits] == ["Too late"]
    assert "ended on 19 September 2026" in lapsed.because


def test_another_day_is_checked_without_what_came_later(client: Client) -> None:
    license = make_license(**OWN)
    shown(license.person, completed_on=timezone.localdate() - timedelta(days=5))
    assert "3 CE hours count" not in page(client, license)
    earlier = page(client, license, on=(timezone.localdate() - timedelta(days=9)).isoformat())
    assert "0 of 3 CE hours count. 3 missing." in earlier
    assert "Not yet completed" not in earlier
    client.force_login(license.person)
    assert client.get(address(license), {"on": "2026-02-30"}).status_code == 422


def test_it_says_when_the_day_is_near_and_so_do_the_pages_that_lead_here(client: Client) -> None:
    near = make_license(expires_on=timezone.localdate() + timedelta(days=40), **OWN)
    assert "Due in 40 days." in page(client, near)
    for way in (reverse("portal:dashboard"), reverse("portal:requirement", args=[near.pk])):
        text = client.get(way).content.decode()
        assert "Due within 90 days" in text
        assert address(near) in text
    far = make_license(expires_on=timezone.localdate() + timedelta(days=91), **OWN)
    assert "Due in" not in page(client, far)
    assert "Due within 90 days" not in client.get(reverse("portal:dashboard")).content.decode()


def test_without_a_rule_or_a_needed_answer_the_page_says_what_to_tell(client: Client) -> None:
    assert "Enter your own list" in page(client, make_license(profession="other"))
    assert "last digit" in page(client, make_license(jurisdiction="LA", profession="psychologist", number=""))


def test_nobody_else_and_no_removed_license_is_shown(client: Client) -> None:
    license = make_license()
    assert client.get(address(license)).status_code == 302
    client.force_login(make_person())
    assert client.get(address(license)).status_code == 404
    remove_license(license=license, at=license.added_at)
    client.force_login(license.person)
    assert client.get(address(license)).status_code == 404


@pytest.mark.parametrize("credits", [1, 40])
def test_the_number_of_queries_is_constant(client: Client, credits: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    license = make_license()
    for number in range(credits):
        make_credit(person=license.person, title=f"Course {number}")
    client.force_login(license.person)
    with django_assert_num_queries(8):
        assert client.get(address(license)).status_code == 200


def test_a_question_that_is_not_answered_is_found_and_leads_to_its_answer(client: Client) -> None:
    license = make_license(jurisdiction="TX", renewal_number=3)
    for topics in ({"ethics": 360}, {"cultural_competence": 360}, {}):
        make_credit(person=license.person, minutes=900, topics=topics, approvals=["ASWB_ACE"], format="live_in_person")
    client.force_login(license.person)
    page = client.get(reverse("standing:audit", args=[license.pk])).content.decode()
    assert reverse("licenses:questions") in page
    assert "Not known until you answer: Do you supervise" in page
    assert "Nothing found" not in page


def test_an_examination_that_is_not_on_record_leads_to_where_it_is_recorded(client: Client) -> None:
    license = make_license(jurisdiction="TX", profession="counselor")
    text = page(client, license)
    assert f'href="{reverse("portal:requirement", args=[license.pk])}#duties"' in text
    assert text.count("#duties") == 1, "hours that are missing are earned, not recorded"
