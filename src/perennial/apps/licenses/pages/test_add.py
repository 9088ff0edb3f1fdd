"""Adding a license in two steps, with only what its rule needs."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.queries import Said, licenses_of, rule_base, said_of
from perennial.apps.licenses.services import answer_questions

pytestmark = pytest.mark.django_db
CA = {"state": "CA", "profession": "clinical_social_worker", "expires": "2027-06-30", "issued": "2018-10-31", "renewal": "4"}


def test_it_needs_signing_in(client: Client) -> None:
    assert client.get(reverse("licenses:add")).status_code == 302


def test_the_first_step_asks_state_and_profession_alone(client: Client) -> None:
    client.force_login(make_person())
    page = client.get(reverse("licenses:add")).content.decode()
    assert "Which license is it?" in page
    assert "License ends on" not in page


def test_the_second_step_asks_what_the_rule_needs(client: Client) -> None:
    client.force_login(make_person())
    page = client.get(reverse("licenses:add"), {"state": "ca", "profession": "clinical_social_worker"}).content.decode()
    assert "Which renewal is this?" in page
    assert "Month of birth" not in page


def test_a_license_is_added_once(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    for _ in range(2):
        answer = client.post(reverse("licenses:add"), CA)
        license = licenses_of(person).get()
        assert answer["Location"] == reverse("portal:requirement", args=[license.pk])
    assert (license.credential, license.renewal_number) == ("LCSW", 4)


def test_only_what_is_not_answered_yet_is_asked(client: Client) -> None:
    person = make_person()
    answer_questions(person=person, answers={"prescriber": True, "began_graduate_study_before_2004": False})
    client.force_login(person)
    page = client.get(reverse("licenses:add"), {"state": "CA", "profession": "clinical_social_worker"}).content.decode()
    assert 'name="holds_supervisor" value="unsure"' in page
    assert "holds_began_graduate_study_before_2004" not in page
    client.post(reverse("licenses:add"), {**CA, "holds_supervisor": "yes", "holds_began_graduate_study_before_2004": "yes"})
    assert said_of(person) == Said(frozenset({"prescriber", "supervisor"}), frozenset({"began_graduate_study_before_2004"}))


@pytest.mark.parametrize("sent", [{}, {"holds_supervisor": "unsure"}])
def test_not_sure_is_kept_as_no_answer(client: Client, sent: dict[str, str]) -> None:
    person = make_person()
    client.force_login(person)
    client.post(reverse("licenses:add"), {**CA, **sent})
    assert said_of(person).answer("supervisor") is None
    assert licenses_of(person).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires": "2026-02-30"}, "There is no such day"),
        ({"issued": "2027-07-01"}, "The license ends before it was issued."),
        ({"state": "ZZ"}, "“ZZ” is not a state we know."),
        ({"renewal": "abc"}, "Enter 1 for the first renewal"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_kept(client: Client, change: dict[str, str], said: str) -> None:
    person = make_person()
    client.force_login(person)
    answer = client.post(reverse("licenses:add"), {**CA, **change})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not licenses_of(person).exists()


def test_an_own_list_is_kept_for_a_credential_without_a_rule(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    sent = {"state": "NY", "profession": "other", "credential": "LMSW", "expires": "2027-01-31", "months": "36"}
    sent |= {"own_1_name": "Hours in all", "own_1_hours": "36", "own_1_topic": ""}
    sent |= {"own_2_name": "Boundaries", "own_2_hours": "3", "own_2_topic": "boundaries"}
    assert client.post(reverse("licenses:add"), sent).status_code == 302
    license = licenses_of(person).get()
    assert [line["hours"] for line in license.own_requirements] == ["36", "3"]
    assert license.own_months == 36


@pytest.mark.parametrize("hours", ["0", "-1", "1e9", "abc", "NaN"])
def test_hours_of_an_own_list_must_be_possible(client: Client, hours: str) -> None:
    client.force_login(make_person())
    sent = {"state": "NY", "profession": "other", "credential": "LMSW", "expires": "2027-01-31", "own_1_name": "All", "own_1_hours": hours}
    answer = client.post(reverse("licenses:add"), sent)
    assert answer.status_code == 422
    assert "Enter hours as a number above 0" in answer.content.decode()


def test_a_credential_that_the_rule_does_not_cover_is_told_so(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    (state, profession), rule = next((key, rule) for key, rule in rule_base().rules.items() if rule.file.not_covered)
    sent = {**CA, "state": state, "profession": profession, "credential": next(iter(rule.file.not_covered)), "number": "5"}
    answer = client.post(reverse("licenses:add"), sent)
    assert answer.status_code == 422
    assert "This rule does not cover it." in answer.content.decode()
    assert not licenses_of(person).exists()


def test_the_same_license_with_other_dates_is_shown_to_be_changed(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    client.post(reverse("licenses:add"), CA)
    answer = client.post(reverse("licenses:add"), {**CA, "expires": "2029-06-30"}, follow=True)
    assert "You follow California LCSW already." in answer.content.decode()
    assert licenses_of(person).get().expires_on.year == 2027
