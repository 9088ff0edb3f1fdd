"""One's record: every credit, by year and topic, with its proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.credits.queries import CreditHistory, CreditView, history_of
from perennial.apps.credits.words import name_of, names_of
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class Row:
    """A credit as the table shows it."""

    credit: CreditView
    format: str
    topics: str


class RecordPage(Page):
    """`years` and `topics` are what one may choose; `minutes` and those of `ours` and `own` are of the rows shown."""

    template = "credits/pages/record.html"
    title = "Your record"
    nav = "record"
    rows: Sequence[Row]
    withdrawn: Sequence[Row]
    years: Sequence[int]
    topics: Sequence[tuple[str, str]]
    year: int | None
    topic: str
    minutes: int
    ours: int
    own: int
    any: bool


@login_required
@require_safe
def record(request: SignedIn) -> HttpResponse:
    """Show the record, all of it or one year's or topic's."""
    histories = history_of(request.user)
    return show(request, page_of(histories, request.GET.get("year", ""), request.GET.get("topic", "")), part="results")


def page_of(histories: Sequence[CreditHistory], year: str, topic: str) -> RecordPage:
    """The page for a choice; a choice that no credit fits is taken as none."""
    years = sorted({history.current.completed_on.year for history in histories}, reverse=True)
    topics = sorted({(slug, name_of(slug)) for history in histories for slug in history.current.topics}, key=lambda pair: pair[1])
    chosen_year = int(year) if year.isdecimal() and int(year) in years else None
    chosen_topic = topic if topic in dict(topics) else ""
    found = [history for history in histories if _fits(history.current, chosen_year, chosen_topic)]
    rows = [_row(history.current) for history in found if not history.withdrawn]
    return RecordPage(
        rows=rows,
        withdrawn=[_row(history.current) for history in found if history.withdrawn],
        years=years,
        topics=topics,
        year=chosen_year,
        topic=chosen_topic,
        minutes=sum(row.credit.minutes for row in rows),
        ours=sum(row.credit.minutes for row in rows if row.credit.is_ours),
        own=sum(row.credit.minutes for row in rows if not row.credit.is_ours),
        any=bool(histories),
    )


def _fits(credit: CreditView, year: int | None, topic: str) -> bool:
    return (year is None or credit.completed_on.year == year) and (not topic or topic in credit.topics)


def _row(credit: CreditView) -> Row:
    return Row(credit, name_of(credit.format), names_of(tuple(credit.topics)))
