"""What the pages say: never more than is known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.standing.packet.apart import DAMAGED
from perennial.apps.standing.packet.jobs import Laid
from perennial.apps.standing.packet.test_facts import OWN, packet, shown
from perennial.apps.standing.packet.words import packet_words, verdict
from perennial.core.rules import Answer

pytestmark = pytest.mark.django_db


def answer(**changes: Any) -> Answer:
    return replace(packet(make_license(**OWN)).answer, **changes)


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({"compliant": True, "certain": True}, "met", "All in place"),
        ({"compliant": True, "certain": False}, "part", "In place, by what we have read"),
        ({"compliant": None}, "part", "Not known"),
        ({"compliant": False}, "missing", "Missing: 6 CE hours in all"),
        ({"owed": False}, "met", "No CE hours are owed at this renewal"),
    ],
)
def test_the_verdict_is_said_as_surely_as_it_is_known(changes: dict[str, Any], state: str, words: str) -> None:
    said = verdict(answer(**changes))
    assert (said["state"], said["words"]) == (state, words)


def test_a_verdict_that_an_open_point_could_change_says_so() -> None:
    assert "could change" in verdict(answer(compliant=False, certain=False))["says"]
    assert not verdict(answer(compliant=False, certain=True))["says"]


def test_what_depends_on_a_question_that_is_not_answered_is_not_known() -> None:
    license = make_license(jurisdiction="TX", profession="clinical_social_worker")
    assert license.person_id
    made = packet(license)
    told = {line.requirement for line in made.lines if line.verdict == "not_known"}
    assert told, "this rule no longer asks for an attribute: choose another"
    words = packet_words(made, {})
    assert words["verdict"]["state"] != "met"
    open_lines = [line for line in words["lines"] if line["words"] == "Not known"]
    assert len(open_lines) == len(told)
    assert all(line["because"] for line in open_lines)


def test_what_is_not_there_is_said_to_be_not_known() -> None:
    license = make_license(**OWN, number="")
    shown(license.person, provider_name="", approvals=[])
    words = packet_words(packet(license), {1: Laid(1, says=DAMAGED)})
    assert ["License number", "not known"] in words["facts"]
    (row,) = words["groups"][0]["rows"]
    assert (row["provider"], row["approval"]) == ("not known", "not known")


def test_a_file_on_no_page_says_why_and_where_it_lies() -> None:
    license = make_license(**OWN)
    shown(license.person)
    (proof,) = packet_words(packet(license), {1: Laid(1, says=DAMAGED)})["proofs"]
    assert proof["label"] == "Certificate 1 of 1"
    assert any(DAMAGED in said for said in proof["aside"])
    assert any("certificates/01 proof.pdf" in said for said in proof["aside"])


def test_pages_left_off_are_said() -> None:
    license = make_license(**OWN)
    shown(license.person)
    (proof,) = packet_words(packet(license), {1: Laid(1, [("laid-1.pdf", 1, False)], cut=4)})["proofs"]
    assert proof["cut"].startswith("The first 1 of its 5 pages")


def test_each_line_shows_the_hours_that_a_credit_has_in_it() -> None:
    license = make_license()
    shown(license.person, minutes=120, topics={"law_ethics": 60}, approvals=["ASWB_ACE"])
    words = packet_words(packet(license), {1: Laid(1, [("laid-1.pdf", 1, False)])})
    hours = {group["name"]: [Decimal(row["hours"]) for row in group["rows"]] for group in words["groups"]}
    assert hours["Hours in all"] == [2]
    assert hours["Law and ethics"] == [1]


def test_hours_that_are_carried_over_are_told_where_no_credit_of_the_period_serves() -> None:
    license = make_license(jurisdiction="TX", profession="counselor", expires_on=date(2027, 3, 31), issued_on=date(2019, 3, 1))
    make_credit(person=license.person, minutes=25 * 60, completed_on=date(2024, 5, 1), approvals=["NBCC_ACEP"], topics={})
    whole = next(group for group in packet_words(packet(license), {})["groups"] if group["name"] == "Hours in all")
    assert (whole["rows"], whole["figure"]) == ([], "1 of 24 CE hours")
    assert "carried over from the period before" in whole["unserved"]
