"""What works mean: followed as they change, mixed into what a search finds, and nothing of it where the extra is not installed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from perennial.apps.evidence import meaning
from perennial.apps.evidence.asking import Question
from perennial.apps.evidence.indexing import follow
from perennial.apps.evidence.meaning import follow_meanings, meanings, near_to
from perennial.apps.evidence.queries import look
from perennial.apps.works.builders import make_work
from perennial.apps.works.queries import Work
from perennial.core.search import Asked, Group, model_folder

pytestmark = pytest.mark.django_db
needs_model = pytest.mark.skipif(model_folder() is None, reason="perennial[semantic] is not installed")


def test_without_the_extra_words_alone_find(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "_model", lambda: None)
    work = make_work(title="Exposure for fear of dogs")
    follow(at=timezone.now())
    assert (follow_meanings(at=timezone.now()), near_to(Asked("dogs", (Group("dogs"),)))) == (0, ())
    assert [row.work.pk for row in look(Question(q="dogs")).rows] == [work.pk]


@needs_model
def test_a_work_in_other_words_is_found_and_says_so() -> None:
    insomnia = make_work(title="Treatment of chronic insomnia in adults")
    make_work(title="Supervision of trainee therapists")
    follow(at=timezone.now())
    assert (follow_meanings(at=timezone.now()), follow_meanings(at=timezone.now())) == (2, 0)
    found = look(Question(q="people who cannot sleep"))
    assert [row.work.pk for row in found.rows] == [insomnia.pk]
    assert "near in meaning, in other words" in found.rows[0].reasons
    assert look(Question(q='"people who cannot sleep"')).count == 0


@needs_model
def test_a_changed_work_means_what_it_is_now_and_one_taken_back_nothing() -> None:
    work = make_work(title="Treatment of chronic insomnia in adults")
    follow_meanings(at=timezone.now())
    later = timezone.now() + timedelta(seconds=1)
    Work.objects.filter(pk=work.pk).update(title="Grief after the death of a spouse", changed_at=later)
    assert follow_meanings(at=later) == 1
    near = dict(near_to(Asked("", (Group("mourning"), Group("widows")))))
    assert (meanings().count, near[work.pk] > 0.35) == (1, True)
    Work.objects.filter(pk=work.pk).update(taken_back=True, changed_at=later + timedelta(seconds=1))
    follow_meanings(at=later)
    assert meanings().count == 0


@needs_model
def test_it_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "BATCH", 2)
    for number in range(5):
        make_work(title=f"Sleep, number {number}", changed_at=timezone.now())
    assert follow_meanings(at=timezone.now(), most=1) == 2
    assert (follow_meanings(at=timezone.now()), meanings().count) == (3, 5)
    assert meanings().folder.is_relative_to(settings.SEARCH)
