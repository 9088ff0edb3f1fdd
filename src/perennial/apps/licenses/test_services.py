"""Adding, changing, removing licenses, and what holds of their owners."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.models import Duty
from perennial.apps.licenses.queries import (
    Said,
    attributes_of,
    duties_of,
    export_of,
    license_name,
    licenses_of,
    removed_licenses_of,
    said_of,
)
from perennial.apps.licenses.services import (
    MOST_LICENSES,
    add_license,
    answer_questions,
    change_license,
    record_duty,
    remove_license,
    restore_license,
    set_attributes,
    withdraw_duty,
)
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_adding_the_same_license_twice_keeps_one() -> None:
    person = make_person()
    assert make_license(person=person) == make_license(person=person)
    assert licenses_of(person).count() == 1


def test_a_license_is_called_by_state_and_credential() -> None:
    assert license_name(make_license()) == "California LCSW"
    assert license_name(make_license(credential="", number="7")) == "California clinical social worker"


@pytest.mark.parametrize(
    "wrong",
    [
        {"jurisdiction": "ZZ"},
        {"profession": "wizard"},
        {"issued_on": date(2030, 1, 1)},
        {"renewal_number": 0},
        {"birth_month": 13},
        {"number": "9" * 41},
        {"own_months": 0},
        {"number": "a\x00b"},
        {"credential": "a\ud800b"},
        {"expires_on": None},
        {"expires_on": date(1, 1, 1), "issued_on": None},
        {"expires_on": date(9999, 12, 31)},
        {"issued_on": date(1, 1, 1)},
        {"last_application_received_on": date(1, 1, 1)},
        {"own_requirements": [{"name": "Ethics", "hours": "1e-5000"}]},
        {"own_requirements": [{"name": "a\x00b", "hours": "3"}]},
        {"own_requirements": [{"name": "", "hours": "3"}]},
        {"own_requirements": [{"name": "Ethics", "hours": "abc"}]},
        {"own_requirements": [{"name": "Ethics", "hours": "1e9"}]},
        {"own_requirements": [{"name": "Ethics", "hours": "3", "topic": "sorcery"}]},
        {"own_requirements": [{"name": "A", "hours": "3"}, {"name": "B", "hours": "3"}]},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(wrong: dict[str, object]) -> None:
    person = make_person()
    with pytest.raises(Refusal):
        make_license(person=person, **wrong)
    assert not licenses_of(person).exists()


def test_a_removed_license_can_be_brought_back() -> None:
    license = make_license()
    remove_license(license=license, at=AT)
    assert not licenses_of(license.person).exists()
    assert list(removed_licenses_of(license.person)) == [license]
    restore_license(license=license)
    assert list(licenses_of(license.person)) == [license]


def test_bringing_back_is_refused_where_the_same_license_was_added_meanwhile() -> None:
    license = make_license()
    remove_license(license=license, at=AT)
    make_license(person=license.person)
    with pytest.raises(Refusal, match="already follow"):
        restore_license(license=license)


def test_changing_keeps_what_is_not_named() -> None:
    license = change_license(license=make_license(), expires_on=date(2029, 6, 30))
    assert (license.expires_on, license.number) == (date(2029, 6, 30), "12345")
    with pytest.raises(Refusal, match="before it was issued"):
        change_license(license=license, expires_on=date(2001, 1, 1))


def test_the_number_of_licenses_is_bounded() -> None:
    person = make_person()
    for number in range(MOST_LICENSES):
        make_license(person=person, number=str(number))
    with pytest.raises(Refusal, match="the most"):
        make_license(person=person, number="one more")


def test_own_lists_keep_hours_as_written() -> None:
    license = add_license(
        person=make_person(),
        jurisdiction="ny",
        profession="other",
        credential="LMSW",
        expires_on=date(2027, 1, 31),
        own_requirements=[{"name": "All", "hours": "36.0"}, {"name": "Boundaries", "hours": "3", "topic": "boundaries"}],
    )
    assert license.own_requirements[0] == {"name": "All", "hours": "36", "topic": ""}


def test_attributes_are_said_as_a_whole_and_known() -> None:
    person = make_person()
    set_attributes(person=person, attributes=["supervisor", "telehealth"])
    set_attributes(person=person, attributes=["telehealth"])
    assert attributes_of(person) == {"telehealth"}
    with pytest.raises(Refusal, match="levitates"):
        set_attributes(person=person, attributes=["levitates"])


def test_a_duty_recorded_twice_is_kept_once_and_can_be_taken_back() -> None:
    license = make_license()
    first = record_duty(person=license.person, license=license, what="jurisprudence_exam", on=date(2026, 1, 5))
    assert record_duty(person=license.person, license=license, what="jurisprudence_exam", on=date(2026, 1, 5)) == first
    assert record_duty(person=license.person, license=None, what="jurisprudence_exam", on=date(2026, 1, 5)) != first
    withdraw_duty(duty=first, at=AT)
    assert first not in duties_of(license.person)


@pytest.mark.parametrize("wrong", [{"what": "a\x00b"}, {"what": " "}, {"what": "x" * 81}, {"on": date(1, 1, 1)}, {"on": date(9999, 1, 1)}])
def test_a_duty_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    person = make_person()
    with pytest.raises(Refusal):
        record_duty(person=person, license=None, **{"what": "ethics", "on": date(2020, 1, 1), **wrong})
    assert not duties_of(person)


@pytest.mark.parametrize("for_all", [True, False])
def test_the_table_itself_keeps_a_duty_once_a_day(for_all: bool) -> None:
    license = make_license()
    row = {"person": license.person, "license": None if for_all else license, "what": "ethics", "on": date(2020, 1, 1)}
    Duty.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.create(**row)
    Duty.objects.create(**row, withdrawn_at=AT)


def test_a_duty_for_another_persons_license_is_refused() -> None:
    with pytest.raises(Refusal):
        record_duty(person=make_person(), license=make_license(), what="jurisprudence_exam", on=date(2026, 1, 5))


def test_the_export_holds_licenses_attributes_and_duties_of_this_person_alone() -> None:
    mine, theirs = make_license(), make_license()
    set_attributes(person=mine.person, attributes=["supervisor"])
    record_duty(person=theirs.person, license=theirs, what="jurisprudence_exam", on=date(2026, 1, 5))
    found = export_of(mine.person)
    assert [row["id"] for row in found["licenses"]] == [mine.pk]
    assert found["attributes"] == ["supervisor"]
    assert found["duties"] == []


def test_a_question_has_three_answers_and_each_can_be_taken_back() -> None:
    person = make_person()
    answer_questions(person=person, answers={"supervisor": True, "telehealth": False})
    assert said_of(person) == Said(frozenset({"supervisor"}), frozenset({"telehealth"}))
    answer_questions(person=person, answers={"supervisor": False})
    assert said_of(person) == Said(frozenset(), frozenset({"supervisor", "telehealth"}))
    answer_questions(person=person, answers={"supervisor": None})
    assert [said_of(person).answer(slug) for slug in ("supervisor", "telehealth", "prescriber")] == [None, False, None]
    with pytest.raises(Refusal, match="levitates"):
        answer_questions(person=person, answers={"levitates": False})


def test_what_was_said_to_hold_as_a_whole_is_no_longer_denied() -> None:
    person = make_person()
    answer_questions(person=person, answers={"supervisor": False, "telehealth": False})
    set_attributes(person=person, attributes=["supervisor"])
    assert said_of(person) == Said(frozenset({"supervisor"}), frozenset({"telehealth"}))


def test_only_what_the_rule_of_a_license_asks_for_is_unanswered() -> None:
    license = make_license()
    assert said_of(license.person).unanswered(license) == {"supervisor", "began_graduate_study_before_2004"}
    answer_questions(person=license.person, answers={"supervisor": False})
    assert said_of(license.person).unanswered(license) == {"began_graduate_study_before_2004"}
    assert said_of(license.person).unanswered(make_license(profession="other", credential="LMSW")) == frozenset()


def test_the_export_tells_answers_of_no_apart_from_none() -> None:
    person = make_person()
    answer_questions(person=person, answers={"supervisor": True, "telehealth": False})
    found = export_of(person)
    assert (found["attributes"], found["denied"]) == (["supervisor"], ["telehealth"])
