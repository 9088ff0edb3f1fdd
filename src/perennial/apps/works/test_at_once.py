"""Two loaders at the same time, on connections of their own: each work once, nothing lost, and what one broke off it does again."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from perennial.apps.practices.builders import make_practice
from perennial.apps.works import importing
from perennial.apps.works.builders import make_work
from perennial.apps.works.importing import import_file
from perennial.apps.works.keeping import keep_ready, keep_records
from perennial.apps.works.models import Work, WorkImport, WorkPractice
from perennial.apps.works.queries import count
from perennial.apps.works.services import say_practices
from perennial.apps.works.tasks import settle_united
from perennial.core.literature import Record
from perennial.tables.builders import WAIT, at_once, on_its_own

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="a table in memory is shared without waiting"),
    pytest.mark.django_db(transaction=True),
]
BOTH = Record(doi="10.1000/a", pmid="77", title="Sampled", source="csl")


def prove() -> int:
    return keep_records(records=[BOTH], at=timezone.now()).united


def test_two_loaders_with_the_same_proof_unite_once() -> None:
    make_work(doi="10.1000/a", pmid="")
    make_work(doi="", pmid="77")
    assert at_once(prove, prove) == (1, 0)
    assert count() == 1


def test_two_that_bring_one_number_each_make_works_that_a_third_unites() -> None:
    parts = [Record(doi="10.1000/a", title="A", source="csl"), Record(pmid="77", title="B", source="csl")]
    at_once(*(lambda one=one: keep_records(records=[one], at=timezone.now()) for one in parts))
    assert (count(), prove(), count()) == (2, 1, 1)


def test_what_is_made_of_a_work_while_it_goes_follows_it() -> None:
    stays, gone = make_work(doi="10.1000/a", pmid=""), make_work(doi="", pmid="77")
    early, late = make_practice(), make_practice()
    at_once(lambda: say_practices(work=gone, slugs=[early.slug], how="person"), prove)
    say_practices(work=gone, slugs=[early.slug, late.slug], how="person")  # by somebody who read the work before it went
    for _ in range(2):
        assert settle_united() == 1
    assert set(WorkPractice.objects.values_list("work", "practice")) == {(stays.pk, early.pk), (stays.pk, late.pk)}


def test_two_loaders_of_one_file_take_each_part_once(tmp_path: Any) -> None:
    file = tmp_path / "sample.ris"
    file.write_text("".join(f"TY  - JOUR\nTI  - A sample {number}\nDO  - 10.1000/{number}\nER  - \n" for number in range(4000)))

    def load() -> None:
        with file.open("rb") as body:
            import_file(file=body, name="sample", form="ris", now=timezone.now)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(on_its_own, load) for _ in range(2)]:
            one.result(WAIT)
    state = WorkImport.objects.get()
    assert (state.taken, state.counts["new"], Work.objects.count()) == (4000, 4000, 4000)


def test_a_batch_that_another_transaction_broke_off_is_done_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    calls: list[int] = []

    def deadlocked(**given: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$")
        return keep_ready(**given)

    monkeypatch.setattr(importing, "keep_ready", deadlocked)
    file = tmp_path / "sample.ris"
    file.write_text("TY  - JOUR\nTI  - A sample\nDO  - 10.1000/a\nER  - \n")
    with file.open("rb") as body:
        state = import_file(file=body, name="sample", form="ris", now=timezone.now)
    assert (state.taken, len(calls), count()) == (1, 2, 1)
