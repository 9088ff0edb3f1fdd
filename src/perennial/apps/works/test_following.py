"""Works are followed in the order of their changes, each once, whichever clock wrote the moment."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from perennial.apps.works.builders import make_work
from perennial.apps.works.models import Work
from perennial.apps.works.queries import changed_after

pytestmark = pytest.mark.django_db
WHOLE, PART = "2027-03-05 07:00:00", "2027-03-05 07:00:00.123"


@pytest.mark.parametrize("moments", [(f"{WHOLE}.000",) * 3, (WHOLE,) * 3, (PART,) * 3, (f"{PART}000",) * 3, (WHOLE, f"{WHOLE}.000", PART)])
def test_each_is_found_once_and_there_is_an_end(moments: tuple[str, ...]) -> None:
    works = [make_work() for _ in moments]
    with connection.cursor() as cursor:  # as the clock of the database writes it, and as Django does
        cursor.executemany(
            "UPDATE works_work SET changed_at = %s WHERE id = %s", [(at, one.pk) for at, one in zip(moments, works, strict=True)]
        )
    moment, pk, found = datetime(2027, 1, 1, tzinfo=UTC), 0, list[int]()
    while len(found) <= len(works) and (seen := changed_after(moment, pk, 1)):
        moment, pk = seen[-1].changed_at, seen[-1].pk
        found.append(pk)
    assert found == [one.pk for one in works]
    assert Work.objects.count() == len(works)
