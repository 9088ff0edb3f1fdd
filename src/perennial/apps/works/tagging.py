"""Says which practices works are about, by their MeSH headings, titles and keywords; after they were kept, so that keeping is quick."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from perennial.apps.practices.queries import Practice, practices_named, vocabulary
from perennial.apps.works.models import Work, WorkPractice
from perennial.apps.works.queries import changed_after
from perennial.core.vocabulary import tag

BATCH = 1000
FOUND = (WorkPractice.How.MESH, WorkPractice.How.TEXT)


def tag_changed(*, since: datetime | None, carry_on: Callable[[], bool] = lambda: True) -> int:
    """Tag every work that changed since then (of all time without it), batch by batch; safe to repeat. Gives how many tags were set."""
    count, moment, pk = 0, since, 0
    while carry_on() and (works := changed_after(moment, pk, BATCH)):
        count += tag_works(works=works)
        moment, pk = works[-1].changed_at, works[-1].pk
    return count


@transaction.atomic
def tag_works(*, works: Iterable[Work]) -> int:
    """Tag these; what the library or a person said stays, and what was found before and no longer is, goes."""
    words = vocabulary()
    found = {one.pk: tag(words, " . ".join((one.title, *one.keywords)), one.mesh) for one in works if not one.taken_back}
    slugs = {each.slug for tags in found.values() for each in tags}
    practices = practices_named(slugs) if slugs else {}
    WorkPractice.objects.filter(work__in=list(found), how__in=FOUND).delete()
    rows = [
        WorkPractice(work_id=pk, practice=practices[each.slug], how=each.how)
        for pk, tags in found.items()
        for each in tags
        if each.slug in practices
    ]
    WorkPractice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def say_practices(*, work: Work, slugs: Iterable[str], how: str) -> list[str]:
    """Say which practices a work is about, by the library or a person; gives the short names that are not known here."""
    asked = list(slugs)
    practices: dict[str, Practice] = practices_named(asked)
    WorkPractice.objects.filter(work=work, how=how).exclude(practice__slug__in=asked).delete()
    rows = [WorkPractice(work=work, practice=one, how=how) for one in practices.values()]
    WorkPractice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["work", "practice"], update_fields=["how"])
    return [slug for slug in asked if slug not in practices]
