"""The home page: a license asked about without an account."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.queries import jurisdictions, licenses_of, professions, rule_base

pytestmark = pytest.mark.django_db
CA = {"state": "CA", "profession": "clinical_social_worker", "expires": "2027-06-30", "issued": "2018-10-31"}


def body(client: Client, **query: str) -> tuple[int, str]:
    answer = client.get(reverse("portal:home"), query)
    return answer.status_code, answer.content.decode()


def test_the_bare_page_asks_and_keeps_nothing(client: Client) -> None:
    status, text = body(client)
    assert status == 200
    assert "What does my license need before it renews?" in text
    assert "This rule also asks" not in text
    assert "sessionid" not in client.cookies


def test_the_answer_shows_lines_with_citation_month_and_window(client: Client) -> None:
    status, text = body(client, **CA)
    assert status == 200
    assert "36 CE hours by 30 June 2027" in text
    assert "16 CCR 1887.3" in text
    assert "read November 2026" in text
    assert "Hours count from 1 July 2025 to 30 June 2027." in text
    assert "By what we have read" in text
    assert "bbs.ca.gov" in text


def test_further_fields_are_asked_only_where_the_rule_needs_them(client: Client) -> None:
    assert "Which renewal is this?" in body(client, **CA)[1]
    assert "Last renewal application received on" not in body(client, **CA)[1]
    arizona = {"state": "AZ", "profession": "counselor", "expires": "2027-06-30"}
    assert "Last renewal application received on" in body(client, **arizona)[1]


def test_without_an_end_date_the_further_fields_are_shown_and_no_fault(client: Client) -> None:
    status, text = body(client, state="AZ", profession="counselor")
    assert status == 200
    assert "Last renewal application received on" in text
    assert "Please look at this again" not in text


@pytest.mark.parametrize("code", [code for code, _ in jurisdictions()])
def test_every_state_and_profession_has_an_answer(client: Client, code: str) -> None:
    for slug, _ in professions():
        status, text = body(client, state=code, profession=slug, expires="2027-06-30", issued="2018-10-31")
        assert status == 200, (code, slug)
        assert "Line by line" in text or "One more answer, please" in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "ZZ"}, "“ZZ” is not a state we know."),
        ({"state": ""}, "Choose the state."),
        ({"profession": "wizard"}, "“wizard” is not a profession we know."),
        ({"expires": "2026-02-30"}, "There is no such day as 2026-02-30."),
        ({"expires": "02/30/2026"}, "There is no such day as 02/30/2026."),
        ({"expires": "soon"}, "“soon” is not a date."),
        ({"expires": "2999-01-01"}, "The year 2999 cannot be right here."),
        ({"expires": "0001-01-01"}, "The year 1 cannot be right here."),
        ({"expires": ""}, "Enter the day on which the license ends"),
        ({"issued": "2027-07-01"}, "The license ends before it was issued."),
        ({"renewal": "0"}, "Enter 1 for the first renewal"),
        ({"renewal": "1e9"}, "Enter 1 for the first renewal"),
        ({"holds_supervisor": "levitates"}, "“levitates” is no answer to this. Choose yes, no or not sure."),
        ({"number": "9" * 41}, "40 characters at most"),
        ({"expires": "2026-13-01"}, "There is no such day"),
        ({"state": "CA\x00"}, "is not a state we know"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence_at_its_field(client: Client, change: dict[str, str], said: str) -> None:
    status, text = body(client, **{**CA, **change})
    assert status == 422
    assert said in text
    assert "Line by line" not in text


def test_american_dates_are_read(client: Client) -> None:
    assert "36 CE hours by 30 June 2027" in body(client, **{**CA, "expires": "6/30/2027"})[1]


def test_a_credential_without_a_rule_is_told_at_once_and_can_be_followed(client: Client) -> None:
    status, text = body(client, state="NY", profession="other", expires="2027-02-28")
    assert status == 200
    assert "Not covered here yet" in text
    assert "Follow it with your own list" in text


def test_a_credential_that_the_rule_names_as_not_covered_is_told_why(client: Client) -> None:
    for (state, profession), rule in rule_base().rules.items():
        for credential, why in rule.file.not_covered.items():
            status, text = body(client, state=state, profession=profession, credential=credential, expires="2027-06-30")
            assert status == 200, (state, profession)
            assert "Not covered here yet" in text
            assert escape(why) in text


def test_what_was_typed_survives_signing_up(client: Client) -> None:
    answer = client.get(reverse("portal:home"), CA)
    address = urlsplit(answer.context["page"].keep)
    assert address.path == reverse("account_signup")
    following = urlsplit(parse_qs(address.query)["next"][0])
    assert following.path == reverse("licenses:add")
    client.force_login(make_person())
    form = client.get(f"{following.path}?{following.query}").content.decode()
    assert 'value="2027-06-30"' in form
    assert 'value="2018-10-31"' in form


def test_looking_stores_nothing(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    body(client, **CA)
    assert not licenses_of(person).exists()


def test_it_takes_get_alone(client: Client) -> None:
    assert client.post(reverse("portal:home"), CA).status_code == 405


def test_a_question_about_the_person_is_neither_yes_nor_no_until_it_is_answered(client: Client) -> None:
    texas = {**CA, "state": "TX", "renewal": "3"}
    assert "6 CE hours are asked, or none." in plain(body(client, **texas)[1])
    assert "6 CE hours are asked, or none." not in plain(body(client, **texas, holds_supervisor="no")[1])
    assert "Do you supervise" in body(client, **texas, holds_supervisor="yes")[1]


def plain(page: str) -> str:
    return " ".join(page.split())
