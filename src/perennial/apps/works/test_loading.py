"""The works of the starter library: kept once, joined with what services tell, faults told by file and work."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from perennial.apps.practices.builders import make_practice
from perennial.apps.works.models import Work
from perennial.apps.works.queries import practice_slugs_of
from perennial.apps.works.services import keep_records, load_works
from perennial.core.literature import Record
from perennial.core.literature.library import read_library

WORK = """[[work]]
doi = "10.1000/sample"
title = "A sample of samples for people"
authors = ["Sample, A. M.", "A group"]
year = 2019
container = "Journal of samples"
kind = "journal-article"
design = "cohort"
practices = ["anxiety"]
summary = "Followed sample people for a sample of years. Those who had more samples had fewer of the others."
checked = 2026-11-27
"""


@pytest.mark.django_db
def test_works_are_kept_once_and_their_design_and_lines_outlive_richer_records(tmp_path: Path) -> None:
    make_practice(slug="anxiety")
    (tmp_path / "sample.toml").write_text(WORK, encoding="utf-8")
    for _ in range(2):
        assert load_works(folder=tmp_path, at=timezone.now()) == (1, [])
    keep_records(
        records=[Record(doi="10.1000/sample", pmid="7", title="Sample trial", kinds=("Letter",), source="pubmed")], at=timezone.now()
    )
    before = Work.objects.get()
    load_works(folder=tmp_path, at=timezone.now())
    work = Work.objects.get()
    assert (work.level, work.level_because, work.pmid, work.title) == ("cohort", "stated in the starter library", "7", "Sample trial")
    assert work.summary.startswith("Followed sample people")
    assert practice_slugs_of([work.pk]) == {work.pk: ["anxiety"]}
    assert work.changed_at == before.changed_at, "a load that changes nothing wakes no index"


@pytest.mark.django_db
def test_an_unknown_practice_is_told_and_the_work_kept(tmp_path: Path) -> None:
    (tmp_path / "sample.toml").write_text(WORK, encoding="utf-8")
    count, (problem,) = load_works(folder=tmp_path, at=timezone.now())
    assert (count, str(problem)) == (1, "sample.toml: 10.1000/sample: unknown practice 'anxiety'. Name one of library/practices.")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"10.1000/sample"', '"https://doi.org/10.1000/Sample"', "no plain DOI"),
        ("year = 2019", 'year = "2019"', "no year"),
        ('"cohort"', '"trial"', "unknown design"),
        ('["anxiety"]', "[]", "practices"),
        ("Followed sample people for a sample of years. Those who had more", "Two", "not of two lines"),
        ("2026-11-27", '"today"', "not a day"),
        ('["Sample, A. M.", "A group"]', '"Sample"', "authors"),
        ("checked", "checkd", "these fields"),
        ("[[work]]", "[[work]", "cannot be read"),
        ('container = "Journal of samples"', "volume = 7", "should be a text"),
    ],
)
def test_faults_are_told_and_left_out(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "sample.toml").write_text(WORK.replace(old, new), encoding="utf-8")
    found, problems = read_library(tmp_path)
    assert found == []
    assert says in problems[0].what


def test_a_work_that_is_there_twice_is_told(tmp_path: Path) -> None:
    (tmp_path / "sample.toml").write_text(WORK + WORK, encoding="utf-8")
    found, (problem,) = read_library(tmp_path)
    assert (len(found), "twice" in problem.what) == (1, True)


def test_the_starter_library_has_no_fault() -> None:
    assert read_library(settings.LIBRARY / "works")[1] == []
