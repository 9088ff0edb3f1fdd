"""The packet for programs: anyone can come to its answer again, and find the rule it rests on."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from perennial.apps.certificates.builders import make_certificate
from perennial.apps.credits.builders import make_award, make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import rule_base
from perennial.apps.licenses.services import record_duty
from perennial.apps.providers.builders import make_approval, make_provider
from perennial.apps.standing.packet.test_facts import OWN, packet, shown
from perennial.apps.standing.packet.told import FORM, packet_bytes, scenario_as_json, told_packet
from perennial.core.rules import Credit, License, Standing, evaluate
from perennial.core.rules.scenario import Scenario, as_json, judge, read_scenarios, scenario_of

pytestmark = pytest.mark.django_db
SITE = "https://ce.example.org"


def test_the_scenario_in_it_gives_the_answer_in_it(tmp_path: Path) -> None:
    license = make_license()
    for number, minutes in enumerate((20, 50, 100, 475)):  # hours that no decimal writes exactly
        shown(license.person, title=f"Course {number}", minutes=minutes, topics={"law_ethics": 20}, approvals=["ASWB_ACE"])
    shown(license.person, title="Course 1", minutes=50, topics={"law_ethics": 20}, approvals=["ASWB_ACE"])
    record_duty(person=license.person, license=license, what="suicide_prevention", on=date(2021, 5, 1))
    told = json.loads(packet_bytes(packet(license), site=SITE))
    (tmp_path / "scenario.json").write_text(json.dumps(told["scenario"]))
    (scenario,) = read_scenarios(tmp_path / "scenario.json")
    assert json.loads(json.dumps(as_json(scenario, judge(rule_base(), scenario)))) == told["answer"]
    assert told["perennial_audit_packet"] == FORM


@pytest.mark.django_db(databases=[])
def test_a_scenario_of_every_rule_is_read_back_as_it_was_judged() -> None:
    base = rule_base()
    for (state, profession), rule in base.rules.items():
        license = License(date(2027, 6, 30), date(2018, 10, 31), date(2000, 5, 1), 4, date(2025, 6, 20), "12345")
        credits = tuple(
            Credit(
                f"{n}", f"Course {n}", date(2026, 1 + n, 3), Decimal(n * 35) / 60, "live_online", {"ethics": Decimal(n * 10) / 60}, ("APA",)
            )
            for n in range(1, 11)
        )
        question = Scenario("1", state, profession, Standing(license, date(2026, 12, 1), credits, frozenset({"supervisor"})), None)
        told = json.loads(json.dumps(scenario_as_json(question, by_birth_month=True)))
        read = scenario_of(told, "packet")
        assert as_json(read, judge(base, read)) == as_json(question, evaluate(rule, question.standing)), (state, profession)


def test_it_names_the_rule_file_its_version_and_when_its_sources_were_read() -> None:
    license = make_license()
    rule = told_packet(packet(license), site=SITE)["rule"]
    file = Path(settings.RULEBASE) / f"{rule['id']}.toml"
    assert rule["version"] == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    assert rule["read"] == max(source["read"] for source in rule["sources"].values())


def test_an_own_list_has_neither_sources_nor_a_version() -> None:
    rule = told_packet(packet(make_license(**OWN)), site=SITE)["rule"]
    assert (rule["id"], rule["version"], rule["read"], rule["sources"]) == ("own", None, None, {})


def test_credits_say_what_they_count_for_and_which_proofs_show_them() -> None:
    license = make_license()
    entry = shown(license.person, title="Law", minutes=120, topics={"law_ethics": 60}, approvals=["ASWB_ACE"])
    bare = make_credit(person=license.person, title="Bare", minutes=60, topics={}, approvals=["ASWB_ACE"])
    told = told_packet(packet(license), site=SITE)
    law = next(one for one in told["credits"] if one["id"] == str(entry))
    assert law["lines"] == {"total": 2, "law_ethics": 1}
    assert law["topics"] == {"law_ethics": 1}
    assert law["approvals"] == [{"body": "ASWB_ACE", "from": None, "until": None, "held": None}]
    assert law["proofs"] == [1]
    assert told["without_proof"] == [str(bare.pk)]


def test_approvals_on_record_have_their_dates_and_whether_they_held() -> None:
    license, provider = make_license(), make_provider(name="Valley Institute")
    make_approval(provider=provider, body="ASWB ACE", starts_on=date(2023, 1, 1), ends_on=date(2026, 9, 20))
    shown(license.person, completed_on=date(2026, 9, 20), provider_name="Valley Institute", approvals=["ASWB_ACE"])
    (credit,) = told_packet(packet(license), site=SITE)["credits"]
    assert credit["approvals"] == [{"body": "ASWB_ACE", "from": "2023-01-01", "until": "2026-09-19", "held": False}]


def test_a_certificate_of_this_site_is_named_with_its_digest_and_where_to_verify_it() -> None:
    license = make_license(**OWN)
    mine = make_certificate(person=license.person)
    make_award(person=license.person, number=mine.number)
    (proof,) = told_packet(packet(license), site=SITE)["proofs"]
    assert proof["certificate"]["facts_sha256"] == mine.facts_sha256
    assert proof["certificate"]["verify"] == f"{SITE}/verify/{mine.token}"


def test_the_month_of_birth_is_told_only_where_the_rule_counts_from_it() -> None:
    month: dict[str, Any] = {"birth_month": 5}
    assert "birth_date" not in told_packet(packet(make_license(**month)), site=SITE)["scenario"]["license"]
    texan = make_license(jurisdiction="TX", profession="clinical_social_worker", **month)
    assert ("birth_date" in told_packet(packet(texan), site=SITE)["scenario"]["license"]) is _by_birth_month("TX")


def _by_birth_month(state: str) -> bool:
    rule = rule_base().rule(state, "clinical_social_worker")
    return rule is not None and rule.file.window is not None and rule.file.window.closes == "birth_month"
