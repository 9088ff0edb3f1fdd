"""What the library holds for appraisals, and faults in its files."""

import shutil
from pathlib import Path

from pytest_django import Settings

from perennial.apps.appraisals.loading import load


def test_a_fault_is_told_and_the_rest_is_there(settings: Settings, tmp_path: Path) -> None:
    told: list[str] = []
    load(told.append)
    assert told == ["8 forms for appraisals, 20 worked examples"]
    shutil.copytree(settings.LIBRARY / "appraisals", tmp_path / "appraisals")
    (tmp_path / "appraisals" / "cohort.toml").write_text("design = ", encoding="utf-8")
    settings.LIBRARY = tmp_path
    told.clear()
    load(told.append)
    assert told[0].startswith("appraisals, left out: cohort.toml: cannot be read")
    assert told[-1] == "7 forms for appraisals, 18 worked examples"


def test_without_the_folder_there_is_nothing_and_no_fault(settings: Settings, tmp_path: Path) -> None:
    settings.LIBRARY = tmp_path
    told: list[str] = []
    load(told.append)
    assert told == ["0 forms for appraisals, 0 worked examples"]
