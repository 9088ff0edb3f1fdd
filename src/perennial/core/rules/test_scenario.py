"""Scenario files: what is read, and what is refused with a sentence that says how to mend it."""

from pathlib import Path

import pytest

from perennial.core.rules import load
from perennial.core.rules.scenario import Faulty, as_json, differences, judge, read_scenarios

BASE = load()
GOOD = """
- id: a
  jurisdiction: ND
  profession: clinical_social_worker
  license: {issued: 2019-08-01, expires: 2025-12-31, renewal_number: 4}
  as_of: 2025-12-20
  credits:
  - {title: Workshop, date: 2024-05-14, hours: 8, format: live_in_person, approvals: [ASWB_ACE]}
  expected: {compliant: false, counted_hours: 8, missing: {total: 22, ethics: 2}, due: 2025-12-31}
"""


def written(tmp_path: Path, text: str, name: str = "s.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def fault(path: Path) -> str:
    with pytest.raises(Faulty) as caught:
        [judge(BASE, s) for s in read_scenarios(path)]
    return str(caught.value.problem)


def test_a_scenario_is_judged_and_compared(tmp_path: Path) -> None:
    (scenario,) = read_scenarios(written(tmp_path, GOOD))
    answer = judge(BASE, scenario)
    assert list(differences(scenario, answer)) == []
    promised = {"id", "compliant", "certain", "counted_hours", "missing", "due", "unchecked", "lines"}
    assert promised <= set(as_json(scenario, answer))
    line = as_json(scenario, answer)["lines"][0]
    assert {"requirement", "asked", "counted", "verdict", "source", "because", "credits"} == set(line)
    assert set(line["source"]) == {"cite", "url", "read"}


def test_a_wrong_expectation_is_told_apart(tmp_path: Path) -> None:
    (scenario,) = read_scenarios(written(tmp_path, GOOD.replace("ethics: 2}", "ethics: 1}")))
    (told,) = differences(scenario, judge(BASE, scenario))
    assert "ethics 2" in told.split(", expected ")[0]
    assert "ethics 1" in told.split(", expected ")[1]
    assert "Decimal" not in told


def test_zero_missing_is_nothing_missing(tmp_path: Path) -> None:
    text = GOOD.replace("{total: 22, ethics: 2}", "{total: 22, ethics: 2, law: 0}")
    (scenario,) = read_scenarios(written(tmp_path, text))
    assert list(differences(scenario, judge(BASE, scenario))) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("jurisdiction: ND", "jurisdiction: XX", "no rule for 'XX'"),
        ("clinical_social_worker", "plumber", "unknown profession 'plumber'"),
        ("expires: 2025-12-31", "expires: 2018-12-31", "expires before it was issued"),
        ("expires: 2025-12-31", "expires: '2025-02-30'", "'2025-02-30' is not a date"),
        ("expires: 2025-12-31", "expires: 0001-01-01", "the year 1 cannot be right"),
        ("date: 2024-05-14", "date: 9999-12-31", "the year 9999 cannot be right"),
        ("hours: 8,", "hours: -1,", "-1 hours is not possible"),
        ("hours: 8,", "hours: 1000000000,", "is not possible"),
        ("hours: 8,", "hours: abc,", "'abc' is not a number"),
        ("hours: 8,", "hours: .nan,", "is not a number"),
        ("hours: 8,", "hours: true,", "is not a number"),
        ("format: live_in_person", "format: telepathy", "unknown format 'telepathy'"),
        ("as_of:", "as_at:", "unknown key 'as_at'"),
        ("renewal_number: 4", "renewal_number: 0", "is not a count"),
        ("  credits:\n", "  credits: none\n  x:\n", "unknown key 'x'"),
        ("id: a", "id: a\n  id: b", "stands twice"),
        ("- id: a", "- [", "not valid YAML"),
    ],
)
def test_what_cannot_be_used_says_where_and_how_to_mend_it(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    assert says in fault(written(tmp_path, GOOD.replace(old, new, 1)))


def test_files_that_are_no_scenarios(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00binary")
    assert "not text" in fault(tmp_path / "x.yaml")
    assert "cannot be read" in fault(tmp_path / "absent.yaml")
    assert "not a table" in fault(written(tmp_path, "just words"))
    assert "not valid" in fault(written(tmp_path, "{", "s.json"))
    assert "half of a character" in fault(written(tmp_path, '{\n"id": "\\ud83d x"}', "s.json"))
    assert "half of a character" in fault(written(tmp_path, '{"id": "\\ude00"}', "s.json"))


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ("{complaint: true}", "nothing in it can be compared"),
        ("{compliant: 'yes'}", "expected: compliant: 'yes' is neither true nor false"),
        ("{counted_hours: many}", "expected: counted_hours: 'many' is not a number of hours"),
        ("{counted_hours: null}", "expected: counted_hours: 'None' is not a number of hours"),
        ("{due: soon}", "expected: due: 'soon' is not a date"),
        ("{missing: all}", "expected: missing: not a table"),
        ("{missing: {total: some}}", "expected: missing.total: 'some' is not a number of hours"),
        ("{missing: {}, also_accept_missing: [{ethics: .nan}]}", "expected: also_accept_missing.ethics: 'nan' is not a number"),
    ],
)
def test_an_expectation_that_cannot_be_compared_is_told_at_its_key(tmp_path: Path, expected: str, says: str) -> None:
    assert says in fault(written(tmp_path, f"{GOOD[: GOOD.index('  expected:')]}  expected: {expected}\n"))


def test_json_with_a_key_twice_is_refused_and_a_mark_of_byte_order_is_not(tmp_path: Path) -> None:
    assert "'id' stands twice" in fault(written(tmp_path, '{"id": "a", "id": "b"}', "s.json"))
    assert len(read_scenarios(written(tmp_path, "\ufeff" + GOOD))) == 1


def test_json_is_read_like_yaml(tmp_path: Path) -> None:
    text = (
        '{"id": "\\ud83d\\ude00", "jurisdiction": "ND", "profession": "clinical_social_worker", "license": {"expires": "2025-12-31",'
        ' "issued": "2019-08-01", "renewal_number": 4}, "credits": [{"date": "2024-05-14", "hours": 0.1, "format": "live_online"}]}'
    )
    (scenario,) = read_scenarios(written(tmp_path, text, "s.json"))
    assert str(judge(BASE, scenario).counted_hours) == "0.1"
    assert scenario.id == "\N{GRINNING FACE}"
