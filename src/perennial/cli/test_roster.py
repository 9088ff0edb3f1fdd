"""`perennial roster evaluate`: files, statuses, one-line faults; on a cluster the same to the byte."""

import importlib.util
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

PEOPLE = 60


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "perennial.cli", "roster", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("roster")
    people = pl.DataFrame(
        {
            "licensee_id": [f"p{n:03}" for n in range(PEOPLE)],
            "jurisdiction": ["TX"] * PEOPLE,
            "profession": ["counselor"] * PEOPLE,
            "issued": [date(2012, 3, 1)] * PEOPLE,
            "expires": [date(2026, 6, 30)] * PEOPLE,
            "renewal_number": [7] * PEOPLE,
        }
    )
    credits = pl.DataFrame(
        {
            "licensee_id": [f"p{n // 3:03}" for n in range(3 * PEOPLE)],
            "credit_id": [f"c{n}" for n in range(3 * PEOPLE)],
            "date": [date(2025, 2, 3)] * 3 * PEOPLE,
            "hours": [float(1 + n % 9) for n in range(3 * PEOPLE)],
            "topics": [[{"topic": "ethics", "hours": 1.0}]] * 3 * PEOPLE,
            "format": ["live_online"] * 3 * PEOPLE,
            "approvals": [["APA"]] * 3 * PEOPLE,
        }
    )
    paths = folder / "people.parquet", folder / "credits.parquet"
    people.write_parquet(paths[0])
    credits.write_parquet(paths[1])
    return paths


def test_a_roster_without_faults_ends_with_0_and_names_its_files(files: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(*files, "--out", tmp_path / "out.parquet", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["evaluated"], told["set_aside"]) == (0, PEOPLE, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "out.rejects.parquet"]


def test_rows_set_aside_end_with_1_and_are_counted_by_reason(files: tuple[Path, Path], tmp_path: Path) -> None:
    spoilt = pl.read_parquet(files[0]).with_columns(
        profession=pl.when(pl.col("licensee_id") == "p007").then(pl.lit("x")).otherwise("profession")
    )
    spoilt.write_parquet(tmp_path / "people.parquet")
    done = run(tmp_path / "people.parquet", files[1], "--out", tmp_path / "out.parquet", "--progress")
    assert done.returncode == 1
    assert "1 licensees: unknown profession" in done.stdout
    assert f"{PEOPLE} of {PEOPLE} licensees" in done.stderr


def test_a_file_that_cannot_be_used_is_one_line_and_ends_with_2(files: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(files[1], files[0], "--out", tmp_path / "out.parquet")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "no columns jurisdiction, profession, expires among the licensees" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install 'perennial[cluster]'")
def test_a_cluster_of_two_workers_gives_the_same_to_the_byte(files: tuple[Path, Path], tmp_path: Path) -> None:
    for engine in ("local", "ray"):  # six chunks for each of two workers
        done = run(*files, "--out", tmp_path / f"{engine}.parquet", "--chunk", 5, "--engine", engine, "--workers", 2)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "ray.parquet").read_bytes() == (tmp_path / "local.parquet").read_bytes()
    assert (tmp_path / "ray.rejects.parquet").read_bytes() == (tmp_path / "local.rejects.parquet").read_bytes()


def test_without_ray_the_command_says_how_to_install_it(files: tuple[Path, Path], tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['ray'] = None; from perennial.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        hidden,
        "roster",
        "evaluate",
        *map(str, files),
        "--out",
        str(tmp_path / "o.parquet"),
        "--engine",
        "ray",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "pip install 'perennial[cluster]'" in done.stderr) == (2, True)
    assert not list(tmp_path.iterdir())
