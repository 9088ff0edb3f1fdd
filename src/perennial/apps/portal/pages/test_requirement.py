"""The requirement page: every line with its credits, why some did not count, and duties recorded."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.shelf import shelf_now
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import duties_of
from perennial.apps.licenses.services import answer_questions, record_duty, remove_license

pytestmark = pytest.mark.django_db


def address(pk: int) -> str:
    return reverse("portal:requirement", args=[pk])


def test_lines_show_what_counts_source_and_reason(client: Client) -> None:
    license = make_license()
    make_credit(person=license.person, title="Ethics across state lines", minutes=180, topics={"law_ethics": 120})
    client.force_login(license.person)
    page = client.get(address(license.pk)).content.decode()
    assert "3 of 36 h" in page
    assert "2 of 6 CE hours count. 4 missing." in page
    assert "Ethics across state lines" in page
    assert "16 CCR 1887.3" in page
    assert "What is open: ask the board" in page


def test_what_did_not_count_says_why(client: Client) -> None:
    license = make_license()
    make_credit(person=license.person, title="Long ago", completed_on=date(2019, 3, 1))
    client.force_login(license.person)
    page = client.get(address(license.pk)).content.decode()
    assert "Why these did not count" in page
    assert "Long ago" in page


def test_another_person_finds_nothing(client: Client) -> None:
    license = make_license()
    duty = record_duty(person=license.person, license=license, what="suicide_prevention", on=date(2026, 1, 5))
    client.force_login(make_person())
    assert client.get(address(license.pk)).status_code == 404
    assert client.post(address(license.pk), {"what": "suicide_prevention", "on": "2026-01-06"}).status_code == 404
    mine = make_license(person=make_person())
    client.force_login(mine.person)
    assert client.post(reverse("portal:take_back", args=[mine.pk, duty.pk])).status_code == 404
    assert duties_of(license.person) == [duty]


def test_a_removed_license_has_no_page(client: Client) -> None:
    license = make_license()
    remove_license(license=license, at=license.added_at)
    client.force_login(license.person)
    assert client.get(address(license.pk)).status_code == 404


def test_a_duty_is_recorded_and_taken_back(client: Client) -> None:
    license = make_license(renewal_number=1, issued_on=date(2025, 8, 1))
    client.force_login(license.person)
    answer = client.post(address(license.pk), {"what": "suicide_prevention", "on": "2026-01-05"}, follow=True)
    assert "Recorded." in answer.content.decode()
    (duty,) = duties_of(license.person)
    assert "done on 5 January 2026" in answer.content.decode()
    client.post(reverse("portal:take_back", args=[license.pk, duty.pk]))
    assert duties_of(license.person) == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"what": "juggling", "on": "2026-01-05"}, "“juggling” is not a duty of this rule we know."),
        ({"what": "suicide_prevention", "on": "2026-02-30"}, "There is no such day"),
        ({"what": "suicide_prevention", "on": ""}, "Enter the day on which it was done."),
        ({"what": "", "on": "2026-01-05"}, "Choose what was done."),
        ({"what": "suicide_prevention", "on": "2026-12-31"}, "This day lies ahead."),
    ],
)
def test_a_duty_that_cannot_be_is_told_and_not_kept(client: Client, sent: dict[str, str], said: str) -> None:
    license = make_license()
    client.force_login(license.person)
    answer = client.post(address(license.pk), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert duties_of(license.person) == []


def test_another_day_counts_only_what_was_earned_by_then(client: Client) -> None:
    license = make_license()
    make_credit(person=license.person, minutes=180, topics={}, completed_on=date(2026, 9, 20))
    client.force_login(license.person)
    assert "3 of 36 h" in client.get(address(license.pk)).content.decode()
    assert "0 of 36 h" in client.get(address(license.pk), {"on": "2026-09-01"}).content.decode()
    assert client.get(address(license.pk), {"on": "2026-02-30"}).status_code == 422


def test_a_license_without_a_rule_offers_an_own_list(client: Client) -> None:
    license = make_license(profession="other", credential="LMSW")
    client.force_login(license.person)
    assert "Enter your own list" in client.get(address(license.pk)).content.decode()


@pytest.mark.parametrize("credits", [1, 60])
def test_the_number_of_queries_is_constant(client: Client, credits: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    license = make_license()
    for _ in range(credits):
        make_credit(person=license.person)
    client.force_login(license.person)
    shelf_now()  # what is offered is read once, not for each page
    with django_assert_num_queries(9):
        assert client.get(address(license.pk)).status_code == 200


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (date(2027, 6, 30), "This period ends before that day and is not touched."),
        (date(2027, 11, 30), "it is counted by the new rule already."),
    ],
)
def test_a_change_that_lies_ahead_says_whether_it_touches_this_period(client: Client, ends: date, said: str) -> None:
    license = make_license(jurisdiction="IL", expires_on=ends)
    client.force_login(license.person)
    page = client.get(address(license.pk)).content.decode()
    assert '<time datetime="2027-11-30">30 November 2027</time>' in page
    assert said in page
    assert reverse("portal:history", args=["il", "clinical_social_worker"]) in page


def test_what_waits_for_an_answer_says_so_and_leads_to_the_question(client: Client) -> None:
    license = make_license(jurisdiction="TX", renewal_number=3)
    for topics in ({"ethics": 360}, {"cultural_competence": 360}, {}):
        make_credit(person=license.person, minutes=900, topics=topics, approvals=["ASWB_ACE"], format="live_in_person")
    client.force_login(license.person)
    page = client.get(address(license.pk)).content.decode()
    question = reverse("licenses:questions") + "#q-supervisor"
    assert "One answer missing." in page
    assert "Not known until you answer: Do you supervise licensees, associates or trainees toward licensure?" in page
    assert "not known yet" in page
    assert question in page
    assert "All in place" not in page
    answer_questions(person=license.person, answers={"supervisor": False})
    page = client.get(address(license.pk)).content.decode()
    assert question not in page
    assert "Not known until" not in page


def test_a_compact_stands_beside_the_home_license_with_what_is_open(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    page = client.get(address(license.pk)).content.decode()
    assert "Social Work Licensure Compact" in page
    assert "Does a multistate license ask for CE hours beyond those of the home state?" in page
    assert "PSYPACT" not in page


def test_a_compact_with_a_credential_of_its_own_is_shown_only_to_its_holders(client: Client) -> None:
    license = make_license(jurisdiction="GA", profession="psychologist", credential="Psychologist")
    client.force_login(license.person)
    hours, ask = "3 CE hours on the use of technology in psychology", "Say whether you do"
    page = client.get(address(license.pk)).content.decode()
    assert (hours in page, ask in page) == (False, True)
    for answer in (True, False):
        answer_questions(person=license.person, answers={"e_passport": answer})
        page = client.get(address(license.pk)).content.decode()
        assert (hours in page, ask in page) == (answer, False)
