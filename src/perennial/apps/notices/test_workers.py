"""Signs of life."""

import os
from datetime import timedelta

import pytest

from perennial.apps.notices import workers
from perennial.apps.notices.builders import AT
from perennial.apps.notices.models import Worker
from perennial.apps.notices.queries import last_worker

pytestmark = pytest.mark.django_db


def test_a_worker_lives_until_it_takes_its_leave() -> None:
    me = workers.begin(at=AT)
    assert list(workers.living(at=AT)) == [me]
    workers.end(me, at=AT)
    assert list(workers.living(at=AT)) == []


def test_a_sign_of_life_keeps_a_worker_of_another_machine_alive() -> None:
    other = Worker.objects.create(host="another-machine", process=1, started_at=AT, seen_at=AT)
    later = AT + workers.SILENT_FOR + timedelta(seconds=1)
    assert not workers.lives(other, at=later)
    workers.live(other, at=later)
    assert workers.lives(Worker.objects.get(pk=other.pk), at=later)


def test_a_process_that_is_gone_is_dead_at_once_and_so_is_one_whose_number_is_ours_now() -> None:
    me = workers.begin(at=AT)
    gone = Worker.objects.create(host=me.host, process=2**22 + 7, started_at=AT, seen_at=AT)
    before = Worker.objects.create(host=me.host, process=os.getpid(), started_at=AT, seen_at=AT)
    workers.bury(me=me, at=AT)
    assert set(Worker.objects.filter(ended_at__isnull=False)) == {gone, before}


def test_those_of_long_ago_are_forgotten() -> None:
    Worker.objects.create(host="h", process=1, started_at=AT, seen_at=AT, ended_at=AT)
    me = workers.begin(at=AT + timedelta(days=8))
    workers.bury(me=me, at=AT + timedelta(days=8))
    assert last_worker() == me
    assert Worker.objects.count() == 1
