"""`perennial evidence import --format metapsy`: a trial database for everybody."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perennial.apps.trials.models import Dataset
from perennial.apps.trials.queries import pooled_for
from perennial.cli.evidence import evidence
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db(transaction=True)


def run(file: Path, *more: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(evidence, ["import", str(file), "--format", "metapsy", *more], standalone_mode=False)


def test_a_database_is_put_on_the_site_once_with_its_credit_and_direction(tmp_path: Path) -> None:
    file = tmp_path / "sample-trials.csv"
    file.write_bytes(csv_of(trials()))
    for title in ("First", "Second"):
        done = run(file, "--title", title, "--json")
        assert done.return_value == 0
    told = json.loads(done.stdout)
    dataset = Dataset.objects.get()
    assert (dataset.title, dataset.owner_id, told["slug"]) == ("Second", None, dataset.slug)
    assert "Open Data Commons Attribution License" in dataset.credit
    assert "favors therapy" in told["direction"]
    (line,) = pooled_for(["interpersonal-psychotherapy"])
    assert line.says.startswith("Second")


def test_rows_without_what_they_need_are_told_and_what_cannot_be_used_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "trials.csv"
    rows = trials()
    rows[0] = {**rows[0], ".g_se": None}
    file.write_bytes(csv_of(rows))
    done = run(file)
    assert (done.return_value, "line 2" in done.stderr) == (1, True)
    assert "/trials/trials-" in done.stdout
    file.write_bytes(b"<html>not here</html>")
    assert isinstance(run(file).exception, Unusable)
    assert Dataset.objects.count() == 1
