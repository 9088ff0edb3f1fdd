"""The questions that rules ask about a person: only what is needed, with reasons, and three answers."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import Said, said_of
from perennial.apps.licenses.questions import asked_of
from perennial.apps.licenses.services import answer_questions, remove_license

pytestmark = pytest.mark.django_db
PAGE = "licenses:questions"


def test_it_needs_signing_in(client: Client) -> None:
    assert client.get(reverse(PAGE)).status_code == 302


def test_only_what_ones_own_rules_need_is_asked_and_each_says_why(client: Client) -> None:
    license = make_license()
    make_license(jurisdiction="MS", profession="counselor", number="another person's")
    client.force_login(license.person)
    page = client.get(reverse(PAGE)).content.decode()
    assert [one.slug for one in asked_of(license.person)] == ["began_graduate_study_before_2004", "supervisor"]
    assert "7 CE hours on spousal or partner abuse once" in page
    assert "read November 2026" in page
    assert "distance professional services" not in page


def test_a_question_of_two_licenses_is_asked_once_with_both_reasons() -> None:
    license = make_license()
    other = make_license(person=license.person, jurisdiction="TX", number="2")
    (found,) = [one for one in asked_of(license.person) if one.slug == "supervisor"]
    assert {why.license for why in found.whys} == {license.pk, other.pk}
    assert any(why.source and why.says for why in found.whys if why.license == other.pk)


def test_a_psychologist_is_asked_for_the_credential_of_the_compact() -> None:
    license = make_license(jurisdiction="GA", profession="psychologist", credential="Psychologist")
    assert [(one.slug, one.whys[0].what) for one in asked_of(license.person)] == [("e_passport", "PSYPACT")]


def test_answers_are_kept_and_can_be_changed(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    answer = client.post(reverse(PAGE), {"holds_supervisor": "no", "holds_began_graduate_study_before_2004": "yes"}, follow=True)
    assert "Your answers are kept." in answer.content.decode()
    assert said_of(license.person) == Said(frozenset({"began_graduate_study_before_2004"}), frozenset({"supervisor"}))
    client.post(reverse(PAGE), {"holds_supervisor": "unsure", "holds_began_graduate_study_before_2004": "yes"})
    assert said_of(license.person).answer("supervisor") is None


def test_answers_to_what_no_license_asks_any_more_stay(client: Client) -> None:
    license = make_license()
    answer_questions(person=license.person, answers={"prescriber": True})
    client.force_login(license.person)
    client.post(reverse(PAGE), {"holds_supervisor": "no", "holds_prescriber": "no"})
    assert said_of(license.person).held == {"prescriber"}


def test_what_is_no_answer_is_told_and_nothing_is_kept(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    answer = client.post(reverse(PAGE), {"holds_supervisor": "perhaps"})
    assert answer.status_code == 422
    assert "“perhaps” is no answer to this. Choose yes, no or not sure." in answer.content.decode()
    assert said_of(license.person).answer("supervisor") is None


def test_without_a_license_that_asks_there_is_no_question(client: Client) -> None:
    license = make_license()
    remove_license(license=license, at=license.added_at)
    client.force_login(license.person)
    assert "No questions" in client.get(reverse(PAGE)).content.decode()


def test_another_persons_answers_are_not_shown(client: Client) -> None:
    license = make_license()
    answer_questions(person=license.person, answers={"supervisor": True})
    other = make_license(person=make_person())
    client.force_login(other.person)
    assert "2 not answered yet." in client.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize("licenses", [1, 8])
def test_the_number_of_queries_is_constant(client: Client, licenses: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    license = make_license()
    for number in range(1, licenses):
        make_license(person=license.person, number=str(number), jurisdiction="TX")
    client.force_login(license.person)
    with django_assert_num_queries(4):
        assert client.get(reverse(PAGE)).status_code == 200
