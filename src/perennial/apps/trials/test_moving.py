"""How pooled estimates moved: with and without a study, and from one version to the next; each figure at an address that gives it again."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.analyses import Analysis
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.moving import current_lines, moved_by, moved_within
from perennial.apps.trials.queries import pooled_for
from perennial.apps.trials.reckoning import pooled_only
from perennial.apps.trials.services import take_out
from perennial.apps.trials.studies import Paper
from perennial.core.synthesis.builders import csv_of, trials
from perennial.core.synthesis.words import figure

pytestmark = pytest.mark.django_db
IPT = "interpersonal-psychotherapy"
PAPER = Paper("work 1", doi="10.1000/abc")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def body(studies: int = 14, *, doi_of: str = "Trial 4, 2001", **changed: Any) -> bytes:
    """A file of so many studies, of which one has a DOI."""
    return csv_of([{**one, "doi": "10.1000/abc" if one["study"] == doi_of else None, **changed} for one in trials(studies)])


def within(days: int = 1) -> tuple[datetime, datetime]:
    return timezone.now() - timedelta(days=days), timezone.now() + timedelta(days=1)


def test_a_study_is_told_with_and_without_it_and_both_addresses_give_the_figures(client: Client) -> None:
    dataset = make_dataset(body=body())
    (move,) = moved_by([PAPER, Paper("other", doi="10.1000/x")], current_lines())
    chosen = (("condition_arm1", ("ipt",)),)
    whole, rest = (pooled_only(dataset, Analysis(where=chosen, without=one))[1] for one in ((), ("Trial 4, 2001",)))
    assert (move.practice, move.kind, move.paper, move.studies) == (IPT, "study", "work 1", 7)
    assert move.where == "Sample trials (Therapy: Interpersonal)"
    assert f"With it Hedges' g is {figure(whole.estimate)} (interval {figure(whole.ci.low)} to {figure(whole.ci.high)}) over 7" in move.says
    assert f"without it {figure(rest.estimate)} (interval {figure(rest.ci.low)} to {figure(rest.ci.high)}) over 6" in move.says
    for (_, address), pooled in zip(move.links, (whole, rest), strict=True):
        shown = client.get(address).content.decode()
        assert f"Over {pooled.k} studies" in shown
        assert f"is {figure(pooled.estimate)} (" in shown
    assert '<input type="checkbox" name="without" value="Trial 4, 2001" checked>' in shown


def test_the_way_is_said_by_whom_a_number_favors_whatever_its_sign() -> None:
    ways = []
    for sign in (1.0, -1.0):
        rows = [{**one, "doi": "10.1000/abc" if one["study"] == "Trial 4, 2001" else None} for one in trials(sign=sign)]
        Dataset.objects.all().delete()
        make_dataset(body=csv_of(rows))
        ways.append(moved_by([PAPER], current_lines())[0].says.rpartition("studies. ")[2])
    assert ways[0] == ways[1]
    assert re.fullmatch(r"It moves the estimate by 0\.\d\d (toward|away from) therapy\.", ways[0])
    Dataset.objects.all().delete()
    make_dataset(body=body(mean_arm1=None))
    assert re.search(r"(up|down) by 0\.\d\d; whom that favors, the data do not say\.", moved_by([PAPER], current_lines())[0].says)


def test_that_the_interval_comes_to_leave_out_0_is_said() -> None:
    rows = [{**one, ".g": 0.02, ".g_se": 0.2} for one in trials()]
    for one in rows:
        one |= {".g": 0.9, ".g_se": 0.05, "doi": "10.1000/abc"} if one["study"] == "Trial 4, 2001" else {"doi": None}
    make_dataset(body=csv_of(rows))
    says = moved_by([PAPER], current_lines())[0].says
    assert says.endswith("With it the interval includes 0: no difference is possible.")


def test_a_study_that_is_not_pooled_moves_nothing_and_neither_does_one_of_a_persons_own_database() -> None:
    make_dataset(body=body(), owner=make_person())
    assert current_lines() == []
    told = {"doi": "10.1000/abc", "time": "follow-up"}
    later = [{**one, **(told if one["study"] == "Trial 4, 2001" else {"doi": None})} for one in trials()]
    make_dataset(body=csv_of(later), title="Later")
    make_dataset(body=body(doi_of="Trial 99"), title="Others")
    assert moved_by([PAPER], current_lines()) == []


def test_a_newer_version_takes_the_place_of_the_one_before_and_tells_both_figures(client: Client) -> None:
    older = make_dataset(body=body(12), title="Depression 2025")
    Dataset.objects.update(added_at=LONG_AGO)
    newer = make_dataset(body=body(14), title="Depression (2026)")
    newer.refresh_from_db()
    assert newer.replaces == older
    assert {one.dataset for one in pooled_for([IPT])} == {newer}
    moves = {one.practice: one for one in moved_within(*within())}
    move = moves[IPT]
    before, now = (pooled_only(one, Analysis(where=(("condition_arm1", ("ipt",)),)))[1] for one in (older, newer))
    assert move.kind == "version"
    assert f"is now {figure(now.estimate)} (interval {figure(now.ci.low)} to {figure(now.ci.high)}) over 7 studies" in move.says
    assert f"it was {figure(before.estimate)} (interval {figure(before.ci.low)} to {figure(before.ci.high)}) over 6 studies" in move.says
    for (_, address), k in zip(move.links, (7, 6), strict=True):
        assert f"Over {k} studies" in client.get(address).content.decode()
    assert moved_within(*within(days=-1)) == []


def test_of_two_versions_since_the_last_time_the_figures_are_those_of_then_and_now() -> None:
    for studies in (10, 12, 14):
        make_dataset(body=body(studies))
        Dataset.objects.filter(rows__lt=22).update(added_at=LONG_AGO)
    assert Dataset.objects.filter(added_at=LONG_AGO).count() == 1
    (says,) = [one.says for one in moved_within(*within()) if one.practice == IPT]
    assert "over 7 studies; it was" in says
    assert "over 5 studies." in says
    take_out(dataset=Dataset.objects.get(newer__newer=None, newer__isnull=False))
    assert Dataset.objects.get(newer=None).replaces == Dataset.objects.get(replaces=None)


@pytest.mark.parametrize(
    ("title", "studies", "first"),
    [("Anxiety 2026", 14, 0), ("Depression 2026", 14, 13), ("Depression 2026", 6, 0)],
    ids=["another title", "other studies", "older ones only"],
)
def test_another_database_is_no_newer_version(title: str, studies: int, first: int) -> None:
    make_dataset(body=csv_of(trials()), title="Depression 2025")
    rows = [one for one in trials(studies + first, seed=6) if int(str(one["study"]).split()[1].rstrip(",")) > first]
    assert make_dataset(body=csv_of(rows), title=title).replaces is None


def test_a_database_that_is_brought_first_says_how_the_estimate_stands(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_dataset(body=body())
    with django_assert_num_queries(2):
        moves = moved_within(*within())
    assert {(one.kind, "a trial database was brought in. Hedges' g is" in one.says) for one in moves} == {("database", True)}
