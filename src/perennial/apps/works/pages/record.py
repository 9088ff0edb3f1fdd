"""The page of one work: what it is, how strong its design is and why, how it stands, what it is about, and where to read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from perennial.apps.practices.queries import practices_named
from perennial.apps.works.queries import Marked, Work, joined_with, marked_of, practice_slugs_of, record_of, told_of, work_by_id
from perennial.core.literature import Level, Told
from perennial.ui import Page, Request, show

SEARCH = "/evidence/"  # where works are found, an area above this one


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words; `main` is the first thing to do."""

    address: str
    words: str
    main: bool = False


class RecordPage(Page):
    """What the page of one work shows."""

    template = "works/pages/record.html"
    nav = "evidence"
    work: Work
    level: Level
    abstract: Sequence[str]
    vancouver: str
    practices: Sequence[tuple[str, str]]
    notices: Sequence[Told]
    marked: Marked | None
    reading: Sequence[Link]
    doing: Sequence[Link]
    kinds: str
    joined: Sequence[Work]
    search: str


@require_safe
def record(request: Request, pk: int) -> HttpResponse:
    """Show a work that is known here; one that proved to be another leads there; else 404."""
    work = work_by_id(pk)
    if work is None:
        raise Http404("no such work")
    if work.pk != pk:
        return redirect("works:record", work.pk, permanent=True)
    told = told_of(work)
    page = RecordPage(
        title=work.title or "A work",
        work=work,
        level=Level(work.level),
        abstract=work.abstract.splitlines(),
        vancouver=record_of(work).vancouver,
        practices=[(slug, one.name) for slug, one in practices_named(practice_slugs_of([pk]).get(pk, [])).items()],
        notices=told,
        marked=marked_of(work, told),
        reading=reading(work),
        doing=[link for link in doing(work) if exists(link.address)],
        kinds=", ".join(one.replace("-", " ") if one.islower() else one for one in work.kinds),
        joined=joined_with(work),
        search=SEARCH if exists(SEARCH) else "",
    )
    return show(request, page)


def reading(work: Work) -> list[Link]:
    """Where the work can be read, the free text first."""
    found = [Link(work.free_url, "Read the whole text, free", main=True)] if work.free_url else []
    found += [Link(f"https://doi.org/{work.doi}", "At the publisher", main=not found)] if work.doi else []
    found += [Link(f"https://pubmed.ncbi.nlm.nih.gov/{work.pmid}/", "At PubMed", main=not found)] if work.pmid else []
    return found


def doing(work: Work) -> list[Link]:
    """What other areas do with a work."""
    return [
        Link(f"/appraisals/new/?work={work.pk}", "Appraise it"),
        Link(f"/my-library/add/?work={work.pk}", "Keep it in my library"),
        Link(f"/clubs/hold/?work={work.pk}", "Hold a journal club on it"),
    ]


def exists(address: str) -> bool:
    """Whether this site has the address."""
    try:
        return bool(resolve(address.partition("?")[0]))
    except Resolver404:
        return False
