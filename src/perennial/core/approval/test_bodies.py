"""The clauses of approval bodies as data: sourced, checkable, and never blocking on general knowledge."""

import re
import tomllib
from importlib.resources import files

import pytest

from perennial.core.approval import Rule, bodies, certificate_fields, library
from perennial.core.approval.bodies import GENERAL, SEVERITY_OF
from perennial.core.approval.checks import CHECKS

RULES = [pytest.param(rule, id=f"{body.slug}-{rule.check}") for body in (library(), *bodies().values()) for rule in body.rules]


def test_the_bodies_of_the_issue_are_there_and_new_york_recognizes_three_professions_apart() -> None:
    assert sorted(bodies()) == [
        "APA", "ASWB_ACE", "CAMFT", "FL_491", "IACET", "NAADAC", "NBCC_ACEP", "NYSED_MHP", "NYSED_PSY", "NYSED_SW",
    ]  # fmt: skip


def test_a_body_s_own_clause_takes_the_place_of_the_library_s() -> None:
    for body in bodies().values():
        own = [(rule.check, rule.element, rule.words, rule.titled) for rule in body.rules if rule.check != "objective_verbs"]
        assert len(own) == len(set(own)), body.slug
    assert [rule.basis for rule in bodies()["CAMFT"].rules if rule.check == "accommodation"] == ["text"]
    assert [rule.basis for rule in bodies()["NAADAC"].rules if rule.check == "accommodation"] == ["library"]


@pytest.mark.parametrize("rule", RULES)
def test_every_clause_is_sourced_and_general_knowledge_only_advises(rule: Rule) -> None:
    assert rule.check in CHECKS
    assert (rule.source == GENERAL) == (rule.basis == "general")
    assert rule.severity == "advice" or rule.basis not in {"general", "advice"}


def test_no_source_is_listed_in_vain() -> None:
    folder = files("perennial.core.approval")
    clauses = [entry.read_text(encoding="utf-8") for entry in folder.joinpath("clauses").iterdir() if entry.name != "sources.toml"]
    fields = folder.joinpath("certificate.toml").read_text(encoding="utf-8")
    for listed, text in (
        (folder.joinpath("clauses/sources.toml").read_text(encoding="utf-8"), "".join(clauses)),
        (fields, fields.partition("[[fields]]")[2]),
    ):
        cited = {key for keys in re.findall(r'source = "([^"]+)"', text) for key in keys.split()}
        assert set(tomllib.loads(listed)["sources"]) == cited


def test_general_knowledge_has_a_severity_that_does_not_block() -> None:
    assert {basis for basis, severity in SEVERITY_OF.items() if severity == "block"} == {"text", "reading", "library"}


def test_the_fields_of_a_certificate_are_each_there_once_and_in_order() -> None:
    keys = [field.key for field in certificate_fields()]
    assert len(keys) == len(set(keys))
    assert keys[0] == "participant_name"
    assert {"license", "provider_number", "delivery_format", "hours_by_category", "verification_link"} <= set(keys)


def test_the_florida_minimum_is_marked_at_its_fields() -> None:
    asked = {field.key for field in certificate_fields() for each in field.asked if each.by == "FL_491_LAWS_AND_RULES"}
    assert asked == {"participant_name", "provider_name", "provider_number", "course_title", "dates"}
