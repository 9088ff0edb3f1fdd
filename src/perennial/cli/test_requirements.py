"""`perennial requirements`: answers, exit statuses and one-line faults."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from perennial.cli.builders import called

SCENARIOS = Path(__file__).parents[3] / "tests" / "rulebase" / "scenarios"
OPEN = """
id: mine
jurisdiction: ND
profession: clinical_social_worker
license: {issued: 2019-08-01, expires: 2025-12-31, renewal_number: 4}
credits: []
"""


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return called("requirements", *arguments)


def test_scenarios_that_agree_end_with_0() -> None:
    done = run("check", *sorted(SCENARIOS.glob("*.yaml")))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "43 of 43 agree.")


def test_json_is_all_that_is_printed() -> None:
    command = [sys.executable, "-m", "perennial.cli", "requirements", "check", str(SCENARIOS / "psychologist.yaml"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)[0]["id"] == "psy-il-first-renewal-exempt"


def test_someone_not_compliant_without_an_expectation_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(OPEN)
    done = run("check", tmp_path / "s.yaml")
    assert (done.returncode, "not compliant" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("check", "absent.yaml"), "cannot be read"), (("show", "XX", "counselor"), "no rule for 'XX'"), (("check",), "FILES")],
)
def test_unusable_input_is_one_line_and_ends_with_2(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert says in done.stderr


def test_a_rule_is_shown_with_its_sources_as_of_a_day() -> None:
    shown = json.loads(run("show", "ca", "clinical_social_worker", "--on", "2020-01-01", "--json").stdout)
    assert shown["jurisdiction"] == "CA"
    assert all(line["source"] for line in shown["lines"])
    assert "telehealth" not in {line["requirement"] for line in shown["lines"]}


def test_a_rule_file_with_an_unknown_key_is_named_with_its_key(tmp_path: Path) -> None:
    folder = tmp_path / "us" / "zz"
    folder.mkdir(parents=True)
    (folder / "counselor.toml").write_text('titel = "x"\n')
    done = run("lint", folder / "counselor.toml")
    assert done.returncode == 1
    assert "counselor.toml: titel: unknown key" in done.stdout


def test_a_rule_that_differs_between_two_days_ends_with_1_and_says_how() -> None:
    done = run("diff", "ca", "psychologist", "--from", "2022-12-31", "--to", "2023-01-01", "--json")
    changes = json.loads(done.stdout)["differ"][0]["changes"]
    assert (done.returncode, {c["change"] for c in changes}) == (1, {"added"})
    assert all(change["after"]["source"]["read"] for change in changes)


def test_all_rules_compared_with_the_same_day_end_with_0() -> None:
    done = run("diff", "--all", "--from", "2026-11-25", "--to", "2026-11-25")
    assert (done.returncode, done.stdout.split(" rules")[0]) == (0, "0 of 204")


@pytest.mark.parametrize("which", [(), ("ca",), ("ca", "counselor", "--all"), ("zz", "counselor")])
def test_a_comparison_of_no_one_rule_is_unusable(which: tuple[str, ...]) -> None:
    done = run("diff", *which, "--from", "2026-01-01", "--to", "2027-01-01")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_a_rule_is_shown_with_the_compact_beside_it() -> None:
    (compact,) = json.loads(run("show", "tx", "psychologist", "--json").stdout)["compacts"]
    assert (compact["name"], compact["certain"], compact["hours"]) == ("PSYPACT", False, 3.0)
