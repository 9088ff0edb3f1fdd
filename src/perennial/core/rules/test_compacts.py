"""Compacts: known only as far as they are known, and never certain."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from perennial.core.rules import PROFESSIONS, default_folder
from perennial.core.rules.compacts import Compact, as_row, compacts_for, read_compacts
from perennial.core.rules.vocabulary import read_vocabulary

COMPACTS = read_compacts(default_folder())


def test_each_profession_is_told_its_own_compact() -> None:
    names = {slug: [c.name for c in compacts_for(COMPACTS, slug)] for slug in PROFESSIONS}
    assert names == {
        "counselor": ["Counseling Compact"],
        "clinical_social_worker": ["Social Work Licensure Compact"],
        "marriage_family_therapist": [],
        "psychologist": ["PSYPACT"],
    }


def test_nothing_about_a_compact_is_certain_and_each_says_what_to_ask() -> None:
    rows = [as_row(compact) for compact in COMPACTS.values()]
    assert {row["certain"] for row in rows} == {False}
    assert all(row["open"] and row["source"]["cite"] and "map" in row["members"] for row in rows)


def test_a_compact_said_to_be_certain_is_refused() -> None:
    table = COMPACTS["psypact"].model_dump() | {"certain": True}
    with pytest.raises(ValidationError):
        Compact.model_validate(table)


def test_hours_of_their_own_are_asked_by_psypact_alone() -> None:
    assert {key: as_row(compact)["hours"] for key, compact in COMPACTS.items()} == {
        "psypact": 3.0,
        "counseling_compact": None,
        "social_work_compact": None,
    }


def test_a_rule_base_without_compacts_has_none(tmp_path: Path) -> None:
    assert read_compacts(tmp_path) == {}


def test_what_a_compact_asks_about_a_person_is_asked_in_words() -> None:
    attributes = read_vocabulary(default_folder() / "vocabulary.toml").attributes
    assert {slug: attributes[slug].question for slug in (c.attribute for c in COMPACTS.values()) if slug} == {
        "e_passport": "Do you hold an E.Passport of PSYPACT?"
    }
