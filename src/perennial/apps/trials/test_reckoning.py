"""What comes of an analysis, at the edges and on the open databases."""

import time
from pathlib import Path

import pytest

from perennial.apps.trials.analyses import Analysis
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.cautions import cautions_of
from perennial.apps.trials.figures.showing import figures_for
from perennial.apps.trials.names import names
from perennial.apps.trials.reading import offered_by
from perennial.apps.trials.reckoning import found_for
from perennial.apps.trials.telling import certainty_of, leaves_of, table_of, words_of
from perennial.core.synthesis.builders import csv_of, events, trials
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
SHARED = Path(__file__).parents[5] / "shared" / "evidence"


def test_years_choose_studies_and_what_they_leave_out_is_told() -> None:
    dataset = make_dataset()
    found = found_for(dataset, Analysis(first=2001, last=2007))
    assert [one.year for one in found.pooled.effects] == [2001, 2003, 2005, 2007]
    assert "published in other years" in words_of(found).left_out
    with pytest.raises(Refusal, match="no study is of these years"):
        found_for(dataset, Analysis(first=2002, last=2002))


def test_another_time_of_measurement_is_another_analysis() -> None:
    dataset = make_dataset()
    plain, later = (found_for(dataset, Analysis(time=time)) for time in ("", "follow-up"))
    assert (plain.pooled.k, later.pooled.k) == (14, 4)


def test_effects_all_equal_have_words_and_figures() -> None:
    rows = [{**row, ".g": 0.5, ".g_se": 0.2} for row in trials()]
    dataset = make_dataset(body=csv_of(rows))
    found = found_for(dataset, Analysis(by="format", on="year"))
    assert "no sign of certainty" in " ".join(words_of(found).cannot)
    assert {one.name for one in figures_for(dataset, Analysis(by="format", on="year"))} >= {"forest", "funnel", "moved", "without"}
    assert "Whether they do cannot be tested" in " ".join(line for one in figures_for(dataset, Analysis()) for line in one.tells)


def test_one_study_has_a_forest_and_no_funnel() -> None:
    dataset = make_dataset(body=csv_of(trials(1)))
    found = found_for(dataset, Analysis())
    assert "One study says nothing about how effects differ" in " ".join(words_of(found).cannot)
    assert [one.name for one in figures_for(dataset, Analysis())] == ["forest"]
    assert {line.value for line in table_of(found.pooled) if line.name in ("τ²", "I²", "Q", "Egger")} == {"not known"}


def test_without_standard_errors_and_with_those_of_zero_nothing_is_taken() -> None:
    for error in (None, 0):
        body = csv_of([{**row, ".g_se": error, "sd_arm1": None, "mean_arm1": None} for row in trials()])
        with pytest.raises(Refusal, match="standard error"):
            make_dataset(body=body)


def test_people_are_told_with_the_base_that_is_stated_and_else_with_a_guess_that_says_so() -> None:
    dataset = make_dataset()
    guessed, stated = (found_for(dataset, Analysis(base=base)).people for base in (0, 40))
    assert guessed is not None
    assert stated is not None
    assert (guessed.base, stated.base) == (20, 40)
    assert "guess" in guessed.because
    assert sum(int(one.count.split()[0]) for one in leaves_of(stated)) == 100
    assert certainty_of(stated)[-1].startswith("Number needed to treat")


def test_events_take_their_base_from_the_control_arms_and_are_unwanted() -> None:
    rows = events()
    people = found_for(make_dataset(body=csv_of(rows)), Analysis()).people
    share = sum(int(str(row["event_arm2"])) for row in rows) / sum(int(str(row["totaln_arm2"])) for row in rows)
    assert people is not None
    assert (people.base, people.event, people.unwanted) == (round(100 * share), True, True)
    assert people.expected.therapy < people.expected.base
    assert [one.words for one in leaves_of(people)][1] == "are spared the event by therapy"


def test_an_event_that_may_be_wished_for_or_not_is_told_as_an_event() -> None:
    rows = [{**row, "outcome_type": "something"} for row in events()]
    dataset = make_dataset(body=csv_of(rows))
    people = found_for(dataset, Analysis(base=30)).people
    assert people is not None
    assert (people.event, people.unwanted) == (True, False)
    assert leaves_of(people)[1].words == "have the event with therapy"
    assert "whom" not in words_of(found_for(dataset, Analysis())).says[1]


def test_a_mean_that_is_worse_with_therapy_is_told_as_worse() -> None:
    rows = [{**row, ".g": -float(str(row[".g"])), "mean_arm1": 23.9, "mean_arm2": 16} for row in trials()]
    people = found_for(make_dataset(body=csv_of(rows)), Analysis(base=40)).people
    assert people is not None
    assert people.expected.icons.only_control > 0
    assert "fewer" in leaves_of(people)[1].count


def test_an_effect_that_the_file_has_not_is_refused_without_words_of_the_command() -> None:
    dataset = make_dataset()
    with pytest.raises(Refusal, match="This file holds no log risk ratio") as refused:
        found_for(dataset, Analysis(kind="log_rr"))
    assert "--" not in str(refused.value)


def test_codes_are_told_in_words_and_what_has_none_stays() -> None:
    assert names().column("condition_arm1") == "Therapy"
    assert names().level("condition_arm1", "CBT") == "Cognitive behavioral"
    assert (names().column("no_such.column"), names().level("format", "moon")) == ("No such column", "moon")


@pytest.mark.parametrize(("name", "studies"), [("depression", 480), ("gad", 0), ("suicide", 0)])
def test_the_open_databases_are_explored_in_time(name: str, studies: int) -> None:
    if not SHARED.is_dir():
        pytest.skip("the open databases are not beside this checkout (../shared/evidence)")
    dataset = make_dataset(body=(SHARED / f"{name}.csv").read_bytes(), title=name)
    analysis = Analysis(by="condition_arm1")
    found = found_for(dataset, analysis)
    assert not studies or found.pooled.k == studies
    figures_for(dataset, analysis)
    assert cautions_of(dataset, offered_by(dataset), found)
    began = time.process_time()
    assert found_for(dataset, analysis) is found
    assert len(figures_for(dataset, analysis)) >= 4
    assert time.process_time() - began < 0.1
