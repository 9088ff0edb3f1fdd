"""That works which prove to be one become one, with the best of what was known of both, whatever comes in one batch or in several."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.keeping import keep_records
from perennial.apps.works.models import Work, WorkNotice
from perennial.apps.works.queries import count, joined_with, standings_of, work_by_id
from perennial.apps.works.services import keep_references
from perennial.core.literature import Record

pytestmark = pytest.mark.django_db
BY_DOI = Record(doi="10.1000/a", title="Sample therapy", year=2020, source="crossref")
BY_PMID = Record(pmid="77", title="Therapy by samples", year=2020, abstract="An abstract.", source="europepmc")
BOTH = Record(doi="10.1000/a", pmid="77", title="Sampled", year=2020, source="openalex")


def keep(*records: Record) -> tuple[int, int]:
    """How many became new and how many united."""
    kept = keep_records(records=records, at=timezone.now())
    return kept.new, kept.united


@pytest.mark.parametrize(
    "batches",
    [
        [[BY_DOI], [BY_PMID], [BOTH]],
        [[BY_PMID], [BY_DOI], [BOTH]],
        [[BY_DOI], [BY_PMID, BOTH]],
        [[BY_PMID], [BY_DOI, BOTH]],
        [[BY_DOI, BY_PMID], [BOTH, BY_DOI, BY_PMID]],
        [[BY_DOI, BY_PMID, BOTH]],
        [[BY_PMID, BY_DOI], [BY_PMID, BY_DOI, BOTH, BOTH]],
    ],
)
def test_one_work_with_the_best_of_all_whatever_comes_first(batches: list[list[Record]]) -> None:
    for records in batches:
        keep(*records)
    (work,) = Work.objects.filter(taken_back=False)
    assert (work.doi, work.pmid, work.source, work.title) == ("10.1000/a", "77", "europepmc", "Therapy by samples")
    assert (work.abstract, work.title_key) == ("An abstract.", "therapy by samples|2020")
    assert work.joined_because
    assert keep(BOTH, BY_PMID, BY_DOI) == (0, 0)
    assert count() == 1
    assert all(one.pk > work.pk for one in joined_with(work)), "the one that was known first stays"


def test_what_is_told_with_it_in_the_same_batch_of_either_number_is_of_the_one_that_stays() -> None:
    keep(BY_DOI, BY_PMID)
    first = Work.objects.get(doi="10.1000/a")
    assert keep(Record(pmid="77", volume="7", title="T", source="ris"), BOTH, Record(pmid="77", issue="2", title="T", source="ris")) == (
        0,
        1,
    )
    first.refresh_from_db()
    assert (first.pmid, first.volume, first.issue) == ("77", "7", "2")


def test_the_one_that_went_stays_as_it_was_without_its_numbers_and_leads_to_the_other() -> None:
    keep(BY_DOI)
    keep(BY_PMID)
    gone = Work.objects.get(pmid="77")
    keep(BOTH)
    gone.refresh_from_db()
    assert (gone.doi, gone.pmid, gone.title_key, gone.title, gone.taken_back) == ("", "", "", "Therapy by samples", True)
    assert gone.joined_because == "joined because one record carries both DOI 10.1000/a and PMID 77"
    stays = work_by_id(gone.pk)
    assert stays is not None
    assert (stays.doi, stays.joined_because) == ("10.1000/a", gone.joined_because)
    assert keep(BY_PMID) == (0, 0), "nothing wakes it"


def test_own_lines_and_a_stated_design_are_kept_of_whichever_has_them_and_the_text_of_a_course_where_no_title_is_known() -> None:
    keep_references(references=[("10.1000/a", "A reference in a course, as its author wrote it.")])
    keep(Record(pmid="77", source="ris"))
    Work.objects.filter(pmid="77").update(summary="Own lines.", level="cohort", level_because="stated in the starter library")
    keep(Record(doi="10.1000/a", pmid="77", source="csl"))
    work = Work.objects.get(doi="10.1000/a")
    assert (work.summary, work.level, work.citation) == ("Own lines.", "cohort", "A reference in a course, as its author wrote it.")


def test_of_the_same_source_what_was_read_later_holds() -> None:
    now = timezone.now()
    make_work(doi="10.1000/a", pmid="", title="Newer", read_at=now)
    make_work(doi="", pmid="77", title="Older", read_at=now - timedelta(days=1))
    keep(Record(doi="10.1000/a", pmid="77", source="csl"))
    assert Work.objects.get(doi="10.1000/a").title == "Newer"


@pytest.mark.parametrize(("first", "second"), [(("10.1000/a", "78"), ("", "77")), (("10.1000/a", ""), ("10.1000/b", "77"))])
def test_works_with_other_numbers_stay_two_and_it_is_told(first: tuple[str, str], second: tuple[str, str]) -> None:
    for doi, pmid in (first, second):
        make_work(doi=doi, pmid=pmid, title=f"Title {doi}")
    for _ in range(2):
        kept = keep_records(records=[BOTH], at=timezone.now())
        assert (kept.new, kept.united, kept.apart) == (0, 0, 1)
        assert "stands at another work here" in kept.words[0]
    assert [(one.doi, one.pmid, one.joined_into_id) for one in Work.objects.order_by("pk")] == [(*first, None), (*second, None)]


def test_one_that_stays_can_go_later_and_all_lead_to_the_last() -> None:
    first = make_work(doi="10.1000/z", pmid="", title="The first")
    keep(BY_DOI, BY_PMID)
    keep(BOTH)
    second = Work.objects.get(doi="10.1000/a")
    Work.objects.filter(pk=second.pk).update(doi="")
    keep(Record(doi="10.1000/z", pmid="77", source="csl"))
    assert {work_by_id(pk) for pk in Work.objects.values_list("pk", flat=True)} == {first}
    assert len(joined_with(first)) == 2


def queries_of(pairs: int, start: int) -> int:
    """How many queries a batch takes that unites so many works."""
    numbers = range(start, start + pairs)
    keep(*(Record(doi=f"10.1000/{one}", title=f"D {one}", source="csl") for one in numbers))
    keep(*(Record(pmid=str(one), title=f"P {one}", source="csl") for one in numbers))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert keep(*(Record(doi=f"10.1000/{one}", pmid=str(one), source="ris") for one in numbers)) == (0, pairs)
    return len(queries)


def test_a_batch_takes_as_many_queries_for_many_as_for_one() -> None:
    assert queries_of(1, 100) == queries_of(40, 1000)


def test_a_batch_that_unites_nothing_takes_ten_queries_at_most() -> None:
    records = [Record(doi=f"10.1000/{one}", pmid=str(one), title=f"D {one}", source="csl") for one in range(1, 60)]
    with CaptureQueriesContext(connection) as queries:
        assert keep(*records) == (59, 0)
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 6


def test_a_notice_by_pmid_alone_is_known_anew_by_the_doi_that_comes_unless_the_same_was_known_by_that() -> None:
    then = timezone.now() - timedelta(days=3)
    alone = make_notice(doi="", pmid="77", known_at=then)
    doubled = [make_notice(doi=doi, pmid=pmid, nature="concern", known_at=then) for doi, pmid in (("10.1000/a", ""), ("", "77"))]
    keep(BY_PMID)
    assert standings_of(["10.1000/a"])["10.1000/a"].words == "Doubted by its publisher"
    keep(BOTH)
    assert standings_of(["10.1000/a"])["10.1000/a"].words == "Retracted"
    for one in (alone, *doubled):
        one.refresh_from_db()
    assert (alone.doi, alone.known_at > then) == ("10.1000/a", True)
    assert [(one.doi, one.known_at) for one in doubled] == [("10.1000/a", then)] * 2
    assert WorkNotice.objects.filter(doi="").count() == 0
