"""The library's resources, and when their addresses are looked at."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as site
from django.utils import timezone
from pytest_django import Settings

from perennial.apps.jobs.queries import overview
from perennial.apps.resources.loading import load
from perennial.apps.resources.looking import Seen
from perennial.apps.resources.models import Resource
from perennial.apps.resources.queries import due_for_a_look
from perennial.apps.resources.services import keep_look, keep_resources, read_resources
from perennial.apps.resources.tasks import look, look_over

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FEWEST = 40


def test_the_library_holds_forty_that_are_in_order_and_says_how_each_was_looked_at() -> None:
    said: list[str] = []
    for _ in range(2):
        load(said.append)
    assert len(said) == 2, said
    assert Resource.objects.filter(is_listed=True).count() >= FEWEST
    assert not Resource.objects.filter(how="").exists()
    assert any(one.really_free for one in Resource.objects.all())


def test_what_is_wrong_is_told_by_file_and_name_and_the_rest_is_read(tmp_path: Path) -> None:
    whole = (site.LIBRARY / "resources" / "suicide.toml").read_text(encoding="utf-8")
    first = whole[whole.index("[[resource]]") : whole.index("[[resource]]", whole.index("[[resource]]") + 1)]
    (tmp_path / "a.toml").write_text(first + first.replace("calm-lethal-means", "x").replace('course = "free"', 'course = "cheap"'))
    (tmp_path / "b.toml").write_text("[[resource]]\nslug = 'y'\n" + first + first.replace("https://edc", "javascript:"))
    (tmp_path / "c.toml").write_text("[[")
    resources, problems = read_resources(tmp_path)
    assert [one.slug for one in resources] == ["calm-lethal-means"]
    assert [problem.where for problem in problems] == ["a.toml: x", "b.toml: y", *["b.toml: calm-lethal-means"] * 2, "c.toml"]


def test_an_address_is_due_weekly_and_sooner_the_fewer_times_it_failed() -> None:
    keep_resources(resources=read_resources(site.LIBRARY / "resources")[0][:1])
    one = Resource.objects.get()
    assert due_for_a_look(NOW) == [one.pk]
    keep_look(resource=one, seen=Seen("works", 200), at=NOW)
    assert due_for_a_look(NOW + timedelta(days=6)) == []
    assert due_for_a_look(NOW + timedelta(days=7)) == [one.pk]
    for failures, rest in enumerate((1, 2, 4, 7), 1):
        keep_look(resource=one, seen=Seen("silent"), at=NOW)
        assert due_for_a_look(NOW + timedelta(days=rest, hours=-1)) == [], failures
        assert due_for_a_look(NOW + timedelta(days=rest)) == [one.pk], failures
    Resource.objects.update(address="https://example.org/new")
    assert due_for_a_look(NOW) == [one.pk]


def test_nothing_is_asked_and_nothing_claimed_where_the_site_may_ask_nobody(settings: Settings) -> None:
    keep_resources(resources=read_resources(site.LIBRARY / "resources")[0])
    assert look_over() == 0
    assert look.func(resource=Resource.objects.values_list("pk", flat=True)[0]) == ""
    settings.NETWORK = True
    assert look_over() == overview(at=timezone.now()).waiting == Resource.objects.count()
