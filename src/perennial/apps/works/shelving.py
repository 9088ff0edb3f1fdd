"""Keeps the works of the starter library, with their own lines and the practices they are about."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from perennial.apps.practices.queries import practices_named
from perennial.apps.works.keeping import keep_ready
from perennial.apps.works.models import Work, WorkPractice
from perennial.apps.works.rows import ready
from perennial.apps.works.tagging import say_practices
from perennial.core.literature.library import Shelved, read_library
from perennial.core.values import Problem


@transaction.atomic
def load_works(*, folder: Path, at: datetime) -> tuple[int, list[Problem]]:
    """Keep the works in the TOML files of a folder; safe to repeat. Gives how many, and what is wrong with files, works or practices."""
    shelved, problems = read_library(folder)
    keep_ready(batch=[ready(one.record, one.design.value) for one in shelved], at=at)
    works, said = _kept(shelved), _said()
    known = practices_named({slug for one in shelved for slug in one.practices})
    for one in shelved:
        work = works.get(one.record.doi) or works.get(one.record.pmid)
        if work is None:
            problems.append(Problem(one.where, "could not be kept: its numbers belong to other works here", "Look at its DOI and PMID."))
            continue
        if work.summary != one.summary:
            Work.objects.filter(pk=work.pk).update(summary=one.summary, changed_at=at)
        slugs = [slug for slug in one.practices if slug in known]
        if said.get(work.pk, set()) != set(slugs):
            say_practices(work=work, slugs=slugs, how=WorkPractice.How.LIBRARY)
        unknown = [slug for slug in one.practices if slug not in known]
        problems += [Problem(one.where, f"unknown practice '{slug}'", "Name one of library/practices.") for slug in unknown]
    return len(shelved), problems


def _said() -> dict[int, set[str]]:
    """What the library said before of each work; one query."""
    found: dict[int, set[str]] = {}
    rows = WorkPractice.objects.filter(how=WorkPractice.How.LIBRARY)
    for pk, slug in rows.values_list("work_id", "practice__slug"):
        found.setdefault(pk, set()).add(slug)
    return found


def _kept(shelved: list[Shelved]) -> dict[str, Work]:
    """The works by DOI and by PMID; one query."""
    dois, pmids = {one.record.doi for one in shelved} - {""}, {one.record.pmid for one in shelved} - {""}
    found = Work.objects.filter(Q(doi__in=dois) | Q(pmid__in=pmids))
    return {number: work for work in found for number in (work.doi, work.pmid) if number}
