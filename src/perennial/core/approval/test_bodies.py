"""The clauses of approval bodies as data: sourced, checkable, and never blocking on general knowledge."""

import tomllib
from importlib.resources import files

import pytest

from perennial.core.approval import Rule, bodies, certificate_fields, library
from perennial.core.approval.bodies import GENERAL, SEVERITY_OF
from perennial.core.approval.checks import CHECKS

RULES = [pytest.param(rule, id=f"{body.slug}-{rule.check}") for body in (library(), *bodies().values()) for rule in body.rules]


def test_the_three_bodies_are_there() -> None:
    assert sorted(bodies()) == ["APA", "ASWB_ACE", "NBCC_ACEP"]


@pytest.mark.parametrize("rule", RULES)
def test_every_clause_is_sourced_and_general_knowledge_only_advises(rule: Rule) -> None:
    assert rule.check in CHECKS
    assert (rule.source == GENERAL) == (rule.basis == "general")
    assert rule.severity == "advice" or rule.basis not in {"general", "advice"}


@pytest.mark.parametrize("name", ["bodies.toml", "certificate.toml"])
def test_no_source_is_listed_in_vain(name: str) -> None:
    text = files("perennial.core.approval").joinpath(name).read_text(encoding="utf-8")
    listed = tomllib.loads(text)["sources"]
    body = text.split("\n\n", 2)[2]
    unused = [key for key in listed if f'"{key}"' not in body and f'"{key} ' not in body and f' {key}"' not in body]
    assert unused == []


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
