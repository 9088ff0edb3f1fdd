"""What stays of a notice when it is read again."""

from datetime import date

import pytest
from django.utils import timezone

from perennial.apps.works.builders import make_work
from perennial.apps.works.models import WorkNotice
from perennial.apps.works.notices import keep_notices
from perennial.core.literature import Nature, Told

pytestmark = pytest.mark.django_db
WHOLE = Told("", Nature.RETRACTION, date(2026, 3, 1), "10.1000/notice", "Error", "PubMed", "pubmed:77|retraction|9", "77")
BARE = Told("10.1000/a", Nature.RETRACTION, None, "", "", "PubMed", "pubmed:77|retraction|9", "77")


def kept(*batches: list[Told]) -> WorkNotice:
    for told in batches:
        assert keep_notices(told, timezone.now()) == 1
    return WorkNotice.objects.get()


@pytest.mark.parametrize("batches", [[[WHOLE], [BARE]], [[BARE], [WHOLE]], [[WHOLE, BARE]], [[BARE, WHOLE]], [[WHOLE], [BARE], [BARE]]])
def test_a_reading_that_tells_less_takes_nothing_away(batches: list[list[Told]]) -> None:
    """The notice's own record tells its address; that of the work names it by its PMID alone, whichever is read last."""
    row = kept(*batches)
    assert (row.notice_doi, row.on, row.reason, row.doi, row.pmid) == ("10.1000/notice", date(2026, 3, 1), "Error", "10.1000/a", "77")


def test_another_address_is_taken() -> None:
    other = Told("10.1000/a", Nature.RETRACTION, date(2026, 3, 2), "10.1000/other", "", "PubMed", WHOLE.key, "77")
    row = kept([WHOLE], [other])
    assert (row.notice_doi, row.on, row.reason) == ("10.1000/other", date(2026, 3, 2), "Error")
    assert kept([WHOLE]).notice_doi == "10.1000/notice"


def test_a_work_that_only_its_pmid_names_gets_the_doi_that_it_has_here() -> None:
    make_work(doi="10.1000/x", pmid="77")
    assert kept([WHOLE]).doi == "10.1000/x"
