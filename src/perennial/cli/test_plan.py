"""`perennial plan`: a plan with its proof, exit statuses, and one line for each fault."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from perennial.cli.builders import called

PERSON = """
- {id: texas, person: one, jurisdiction: TX, profession: clinical_social_worker, as_of: 2026-11-25,
   license: {issued: 2018-03-12, expires: 2027-03-31, renewal_number: 4},
   credits: [{id: c1, title: Held, date: 2026-02-01, hours: 24, format: live_in_person, topics: {ethics: 6, cultural_competence: 3},
     approvals: [ASWB_ACE]}]}
"""
OFFERS = [
    {"id": "long", "title": "A long course", "hours": 8, "format": "live_online", "price_cents": 9900, "approvals": [{"body": "ASWB_ACE"}]},
    {"id": "short", "title": "A short course", "hours": 3, "format": "live_online", "price_cents": 3000, "approvals": ["ASWB_ACE"]},
    {"id": "other", "title": "Another course", "hours": 3, "format": "asynchronous", "price_cents": 3000, "approvals": ["ASWB_ACE"]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "person.yaml").write_text(PERSON)
    (tmp_path / "catalog.json").write_text(json.dumps(OFFERS))
    return tmp_path


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return called("plan", folder / "person.yaml", "--catalog", folder / "catalog.json", *arguments)


def run_apart(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """In a process of its own, with whatever the solver might print."""
    files = [folder / "person.yaml", "--catalog", folder / "catalog.json"]
    command = [sys.executable, "-m", "perennial.cli", "plan", *map(str, [*files, *arguments])]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_json_holds_the_plan_its_bound_and_the_verdicts(folder: Path) -> None:
    done = run_apart(folder, "--json", "--dropping")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert (found["cost_cents"], found["bound"], found["optimal"]) == (6000, 6000, True)
    assert [c["id"] for c in found["chosen"]] == ["other", "short"]
    assert [(v["license"], v["compliant"]) for v in found["verdicts"]] == [("texas", True)]
    assert found["dropping"]["short"] == {"feasible": True, "cost_cents": 9900, "minutes": 480, "optimal": True}


def test_people_read_the_table_and_the_proof(folder: Path) -> None:
    done = run_apart(folder)
    assert "Proved: no cheaper set exists (bound $60)." in done.stdout
    assert "any day up to 31 March 2027" in done.stdout
    assert "Texas, clinical social worker: compliant" in done.stdout


def test_too_small_a_budget_ends_with_1(folder: Path) -> None:
    done = run(folder, "--budget", "59.50")
    assert (done.returncode, "Raise the budget to $60." in done.stdout) == (1, True)


def test_wishes_change_the_plan(folder: Path) -> None:
    assert "A long course" in run(folder, "--with", "long").stdout
    assert "There is no plan." in run(folder, "--by", "2026-11-24").stdout


def test_a_plan_within_ones_own_time_may_cost_more(folder: Path) -> None:
    rows = [OFFERS[0] | {"minutes": 480}, *(row | {"minutes": 600} for row in OFFERS[1:])]
    (folder / "catalog.json").write_text(json.dumps(rows))
    assert json.loads(run(folder, "--json", "--my-time", "8").stdout)["cost_cents"] == 9900
    short = run(folder, "--my-time", "7.5")
    assert (short.returncode, "Allow 8 hours." in short.stdout) == (1, True)


def test_a_time_limit_that_suffices_changes_nothing(folder: Path) -> None:
    limited, whole = json.loads(run(folder, "--json", "--time-limit", "60").stdout), json.loads(run(folder, "--json").stdout)
    assert limited == whole
    assert (whole["stopped"], whole["gap_percent"], whole["alternatives_complete"]) == (False, 0, True)


def test_a_search_that_is_stopped_is_never_called_the_best(folder: Path) -> None:
    rows = [
        {
            "id": f"o{n}",
            "title": f"Course {n}",
            "hours": 0.25 + n % 7 / 4,
            "format": "live_online",
            "price_cents": 1999 + 137 * n * n % 4001,
            "approvals": ["ASWB_ACE"],
        }
        for n in range(300)
    ]
    (folder / "catalog.json").write_text(json.dumps(rows))
    done = run(folder, "--time-limit", "0.000001", "--json")
    found, best = json.loads(done.stdout), json.loads(run(folder, "--json").stdout)
    assert (found["optimal"], found["stopped"], best["optimal"]) == (False, True, True)
    assert found["bound"] <= best["bound"]
    assert done.returncode == (0 if found["chosen"] else 1)
    assert not found["chosen"] or found["cost_cents"] >= best["cost_cents"]
    words = run(folder, "--time-limit", "0.000001").stdout
    assert "exists (bound" not in words
    assert "Proved" in words


@pytest.mark.parametrize(
    ("change", "arguments", "says"),
    [
        ("", ("--prefer", "topic:nothing"), "unknown topic 'nothing'"),
        ("", ("--without", "absent"), "no offer 'absent'"),
        ("", ("--with", "long", "--without", "long"), "'long' is both asked for and left out"),
        ("", ("--budget", "much"), "'much' is not an amount"),
        ("", ("--minimize", "joy"), "joy"),
        ("", ("--my-time", "long"), "'long' is not a number of hours"),
        ("", ("--time-limit", "0"), "--time-limit"),
        ("person: one, ", (), "more than one person"),
        ("TX", (), "no rule for 'XX'"),
    ],
)
def test_unusable_input_is_one_line_and_ends_with_2(folder: Path, change: str, arguments: tuple[str, ...], says: str) -> None:
    text = PERSON.replace(change, "XX") if change == "TX" else PERSON
    if change.startswith("person"):
        text += PERSON.replace("person: one", "person: two").replace("id: texas", "id: again")
    (folder / "person.yaml").write_text(text)
    done = run(folder, *arguments)
    assert (done.returncode, len(done.stderr.strip().splitlines()), done.stdout) == (2, 1, "")
    assert says in done.stderr


def test_each_fault_of_a_catalog_is_one_line(folder: Path) -> None:
    rows = [OFFERS[0], OFFERS[0], OFFERS[1] | {"price_cents": -5}]
    (folder / "catalog.json").write_text(json.dumps(rows))
    done = run(folder)
    assert done.returncode == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "catalog.json, offer 2 (long), key id",
        "catalog.json, offer 3 (short), key price_cents",
    ]


def test_offers_with_faults_can_be_set_aside_and_the_others_planned(folder: Path) -> None:
    rows = [*OFFERS, OFFERS[0] | {"price_cents": 1}, OFFERS[1] | {"id": "late", "starts": "2026-12-02", "ends": "2026-12-01"}]
    (folder / "catalog.json").write_text(json.dumps(rows))
    done = run(folder, "--rejects", folder / "rejects.json", "--json")
    found, rejects = json.loads(done.stdout), json.loads((folder / "rejects.json").read_text())
    assert (done.returncode, found["cost_cents"], found["optimal"], found["set_aside"]) == (0, 6000, True, 2)
    assert [one["where"] for one in rejects] == ["catalog.json, offer 4 (long), key id", "catalog.json, offer 5 (late), key ends"]
    assert all(one["what"] and one["mend"] for one in rejects)
    assert "2 offers could not be used" in run(folder, "--rejects", folder / "rejects.json").stdout
    lost = run(folder, "--rejects", folder / "no" / "rejects.json")
    assert (lost.returncode, "cannot be written" in lost.stderr, lost.stdout) == (2, True, "")
    assert {path.name for path in folder.iterdir()} == {"person.yaml", "catalog.json", "rejects.json"}
