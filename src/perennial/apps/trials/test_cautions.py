"""What to know before a pooled effect is used."""

import pytest

from perennial.apps.trials.analyses import Analysis, read_analysis
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.cautions import Caution, cautions_of
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.reading import offered_by
from perennial.apps.trials.reckoning import found_for, pooled_only
from perennial.core.synthesis.builders import csv_of, trials
from perennial.core.synthesis.words import figure

pytestmark = pytest.mark.django_db
ALL = Analysis()


def cautions(dataset: Dataset, analysis: Analysis = ALL) -> dict[str, Caution]:
    return {one.title: one for one in cautions_of(dataset, offered_by(dataset), found_for(dataset, analysis))}


def test_what_is_left_without_waiting_lists_is_reckoned_and_linked() -> None:
    dataset = make_dataset()
    told = cautions(dataset)["Waiting lists may flatter therapy"]
    assert told.address == "w.condition_arm2=cau"
    sent = {"w.condition_arm2": ["cau"]}
    without = pooled_only(dataset, read_analysis(sent, offered_by(dataset)))[1]
    assert f"it is {figure(without.estimate)}" in told.says
    assert "Waiting lists may flatter therapy" not in cautions(dataset, Analysis(where=(("condition_arm2", ("cau",)),)))
    assert (
        "All of these trials" in cautions(dataset, Analysis(where=(("condition_arm2", ("wl",)),)))["Waiting lists may flatter therapy"].says
    )


def test_the_trials_of_least_risk_are_shown_by_themselves() -> None:
    words = ("low risk", "some concerns", "high risk")
    rows = [{**row, "rob": words[number % 3], ".g": 0.2 if number % 3 == 0 else 0.9} for number, row in enumerate(trials())]
    dataset = make_dataset(body=csv_of(rows))
    told = cautions(dataset)
    assert told["The best trials show less"].address == "w.rob=low+risk"
    assert "The best trials show less" not in cautions(
        make_dataset(body=csv_of([{**row, "rob": "NA"} for row in trials()]), title="None told")
    )


def test_a_scale_of_risk_that_is_not_known_is_not_read_as_one() -> None:
    rows = [{**row, "rob": 4 + number % 5} for number, row in enumerate(trials())]
    assert not any(title.startswith("The best") for title in cautions(make_dataset(body=csv_of(rows))))
