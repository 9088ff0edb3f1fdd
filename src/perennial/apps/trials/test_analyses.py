"""Trial databases: taken in or refused, chosen from by address, pooled as the command pools."""

import io
import tomllib
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.analyses import Analysis, read_analysis
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.mapping import mapped
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.queries import datasets_for, export_of, pooled_for
from perennial.apps.trials.reading import offered_by
from perennial.apps.trials.reckoning import found_for
from perennial.apps.trials.services import Told, open_link, take_in, take_out
from perennial.core.synthesis.builders import csv_of, events, trials
from perennial.core.synthesis.choosing import choose
from perennial.core.synthesis.metapsy import read_trials
from perennial.core.synthesis.pooling import pool
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def analysis(dataset: Dataset, **sent: str | list[str]) -> Analysis:
    plain = {name: value if isinstance(value, list) else [value] for name, value in sent.items()}
    return read_analysis(plain, offered_by(dataset))


def test_figures_are_those_of_the_command() -> None:
    found = found_for(make_dataset(), Analysis()).pooled
    wanted = pool(choose(read_trials(io.BytesIO(csv_of(trials())), "x")).effects)
    assert (found.k, found.estimate, found.tau2) == (wanted.k, wanted.estimate, wanted.tau2) == (14, found.estimate, found.tau2)


def test_an_address_asks_the_same_analysis_again() -> None:
    dataset = make_dataset()
    plain = {"by": "condition_arm1", "on": "year", "rho": "0,3000001", "base": "40", "method": "DL"}
    sent = {"w.format": ["ind", "grp"]} | {name: [value] for name, value in plain.items()}
    asked = read_analysis(sent, offered_by(dataset))
    again: dict[str, list[str]] = {}
    for pair in asked.address().split("&"):
        name, _, value = pair.partition("=")
        again.setdefault(name, []).append(value)
    assert read_analysis(again, offered_by(dataset)) == asked
    assert asked.where == (("format", ("grp", "ind")),)
    assert Analysis().address() == ""


def test_what_the_file_has_not_is_passed_over_and_what_cannot_be_is_refused() -> None:
    dataset = make_dataset()
    assert analysis(dataset, **{"w.format": "moon", "by": "nothing", "method": "XX"}) == Analysis()
    for name, value in (("rho", "2"), ("rho", "high"), ("base", "0"), ("base", "120")):
        with pytest.raises(Refusal, match="figure from"):
            analysis(dataset, **{name: value})


def test_years_that_leave_nothing_out_go_unsaid_and_those_that_leave_nothing_in_do_not() -> None:
    dataset = make_dataset()
    assert analysis(dataset, **{"from": "1990", "to": "2021"}) == Analysis()
    assert analysis(dataset, **{"from": "1999", "to": "2010"}).address() == "from=1999&to=2010"
    with pytest.raises(Refusal, match="no study is of these years"):
        found_for(dataset, analysis(dataset, **{"from": "2030"}))
    with pytest.raises(Refusal, match="Turn the two years round"):
        analysis(dataset, **{"from": "2010", "to": "1999"})


def test_filters_and_moderators_are_what_the_file_offers() -> None:
    offered = offered_by(make_dataset())
    assert [one.column for one in offered.filters][:4] == ["condition_arm1", "condition_arm2", "format", "rob"]
    assert "time" not in {one.column for one in offered.filters}
    assert "year" in offered.numeric
    assert not {"mean_arm1", ".g", ".g_se"} & set(offered.numeric)
    assert (offered.times, offered.years) == (("follow-up", "post"), (1995, 2021))


def test_groups_regression_people_and_years() -> None:
    dataset = make_dataset()
    found = found_for(dataset, analysis(dataset, by="condition_arm1", on="year", base="40"))
    assert found.groups is not None
    assert set(found.groups.groups) == {"cbt", "ipt"}
    assert found.regression is not None
    assert found.people is not None
    assert found.people.expected.therapy > 0.4
    assert len(found.steps) == 14
    assert len(found.without) == 14


def test_the_sign_of_a_database_changes_no_sentence_about_whom_it_favors() -> None:
    turned = make_dataset(body=csv_of(trials(sign=-1.0)), title="Turned")
    plain, other = (found_for(one, Analysis(base=40)) for one in (make_dataset(), turned))
    assert plain.pooled.estimate == pytest.approx(-other.pooled.estimate)
    assert plain.people is not None
    assert other.people is not None
    assert plain.people.expected.therapy == pytest.approx(other.people.expected.therapy)


def test_counts_of_events_are_pooled_as_risk_ratios() -> None:
    found = found_for(make_dataset(body=csv_of(events())), Analysis(base=20))
    assert (found.chosen.kind, found.people is not None) == ("log_rr", True)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"<html><body>no</body></html>", "HTML|markup|web page"),
        (b"study;year\nA;2000\n", "standard error"),
        (b"\x00\x01\x02", "text|read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_kept(body: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        take_in(file=io.BytesIO(body), told=Told("Bad", "None"), owner=None, at=timezone.now())
    assert not Dataset.objects.exists()


def test_a_file_of_very_many_lines_is_refused_before_it_is_read() -> None:
    with pytest.raises(Refusal, match="over 20,000 lines"):
        take_in(file=io.BytesIO(b"study;g\n" * 30_000), told=Told("Long", "None"), owner=None, at=timezone.now())


def test_one_study_and_no_study_are_said() -> None:
    dataset = make_dataset(body=csv_of(trials(2)))
    assert found_for(dataset, Analysis(where=(("condition_arm1", ("cbt",)),))).pooled.k == 1
    with pytest.raises(Refusal, match="This file never holds “moon”"):
        found_for(dataset, Analysis(where=(("condition_arm1", ("moon",)),)))


def test_ones_own_stays_ones_own_and_is_kept_once() -> None:
    person = make_person()
    mine, again = make_dataset(owner=person), make_dataset(owner=person, title="Newer title")
    assert (mine.pk, again.title) == (again.pk, "Newer title")
    site = make_dataset(title="The site's")
    assert list(datasets_for(make_person())) == list(datasets_for(None)) == [site]
    assert len(export_of(person)["trial_datasets"]) == 1
    with pytest.raises(Refusal, match="the site's"):
        open_link(dataset=site)
    take_out(dataset=again)
    assert list(Dataset.objects.all()) == [site]


def test_an_analysis_with_everything_is_hashable_and_quick_the_second_time() -> None:
    dataset = make_dataset()
    asked: Any = analysis(dataset, by="format")
    assert found_for(dataset, asked) is found_for(dataset, asked)


def test_a_dataset_of_the_sites_tells_each_practice_what_it_comes_to() -> None:
    make_dataset(owner=make_person())
    assert not pooled_for(["cognitive-behavioral-therapy"])
    dataset = make_dataset()
    (line,) = pooled_for(["cognitive-behavioral-therapy"])
    found = found_for(dataset, Analysis(where=(("condition_arm1", ("cbt",)),))).pooled
    assert (line.estimate, line.studies, line.query) == (found.estimate, found.k, "w.condition_arm1=cbt")
    assert "Over 7 studies" in line.says
    assert [one.practice for one in pooled_for(["interpersonal-psychotherapy", "moon"])] == ["interpersonal-psychotherapy"]


def test_names_of_therapies_lead_to_practices_of_the_map() -> None:
    known = {row["slug"] for file in (settings.LIBRARY / "practices").glob("*.toml") for row in tomllib.loads(file.read_text())["practice"]}
    assert set(mapped()) <= known


def test_a_study_is_left_out_by_name_at_an_address_that_says_so() -> None:
    dataset = make_dataset()
    asked = analysis(dataset, without=["Trial 4, 2001", "No such study"])
    assert (asked.without, asked.address()) == (("Trial 4, 2001",), "without=Trial+4%2C+2001")
    found = found_for(dataset, asked)
    (step,) = [one for one in found_for(dataset, Analysis()).without if one.name == "Trial 4, 2001"]
    assert found.pooled.k == 13
    assert found.pooled.estimate == pytest.approx(step.estimate, abs=1e-12)
    assert found.chosen.reasons()["left out by choice"] >= 1
    everything = tuple(sorted({one.study for one in found_for(dataset, Analysis()).chosen.effects}))
    with pytest.raises(Refusal, match="all studies are left out"):
        found_for(dataset, Analysis(without=everything))
