"""All rules on one page: a map, a table, and the same as a file."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from perennial.apps.licenses.queries import licenses_of, profession_name, professions
from perennial.apps.requirements.coverage import ALL, ANY, Choice, Covered, chosen, every_rule, fits
from perennial.apps.requirements.forms import CoverageForm
from perennial.apps.requirements.queries import numbers_by_state
from perennial.apps.requirements.tiles import Tile, counts, tiles
from perennial.ui import Page, Request, show

COLUMNS = (("state", "State"), ("confidence", "How well known"), ("hours", "Hours in all"), ("open", "Open questions"), ("copy", "Copy of"))
FIELDS = ("jurisdiction", "state", "profession", "title", "board", "confidence", "hours", "open_questions", "read", "copy", "address")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head: its words, where a press leads, and how the table is ordered by it now (ascending, descending or nothing)."""

    key: str
    words: str
    address: str
    order: str


class CoveragePage(Page):
    """What is covered, and how well; `waiting` is how many reports are open, for those who work for the site."""

    template = "requirements/pages/coverage.html"
    title = "What is covered"
    nav = "requirements"
    description = "Which license rules are read, how well each is known, and what is open: 51 jurisdictions, four professions."
    form: CoverageForm
    choice: Choice
    profession: str
    rules: int
    tiles: Sequence[Tile]
    counts: Sequence[tuple[SafeString, str, int]]
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Covered]]
    query: str
    waiting: int | None

    @property
    def several(self) -> bool:
        """Whether rules of several professions are shown."""
        return self.choice.profession == ALL

    @property
    def found(self) -> str:
        """How many rules are shown, in words."""
        return f"{len(self.rows)} {'rule' if len(self.rows) == 1 else 'rules'}"


@require_safe
def coverage(request: Request) -> HttpResponse:
    """Show every rule of a profession, or of all, on a map and in a table."""
    form = form_of(request, usual_profession(request))
    choice = form.choice()
    page = CoveragePage(
        form=form,
        choice=choice,
        profession="All professions" if choice.profession == ALL else profession_name(choice.profession),
        rules=len(every_rule()),
        tiles=tiles(choice),
        counts=counts(rule for rule in every_rule() if fits(rule, Choice(profession=choice.profession))),
        columns=columns(choice),
        rows=anchored(chosen(choice), choice),
        query=query_of(choice),
        waiting=numbers_by_state()["open"] if request.user.is_authenticated and request.user.is_staff else None,
    )
    return show(request, page, status=400 if form.errors else 200)


@require_safe
def coverage_csv(request: Request) -> HttpResponse:
    """The rules chosen as a file for spreadsheets; all professions where none is named."""
    form = form_of(request, ALL)
    if not form.is_valid():
        return HttpResponse(faults_of(form), status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="rules.csv"'})
    writer = csv.DictWriter(response, FIELDS)
    writer.writeheader()
    writer.writerows(told(request, chosen(form.choice())))
    return response


@require_safe
def coverage_json(request: Request) -> HttpResponse:
    """The rules chosen, for programs."""
    form = form_of(request, ALL)
    if not form.is_valid():
        return JsonResponse({"detail": faults_of(form)}, status=400)
    rows = told(request, chosen(form.choice()))
    headers = {"Content-Disposition": 'attachment; filename="rules.json"'}
    return JsonResponse({"rules": list(rows)}, json_dumps_params={"indent": 2, "ensure_ascii": False}, headers=headers)


def form_of(request: HttpRequest, usual: str) -> CoverageForm:
    """The form with what stands in the address, looked at; `usual` is the profession where none is named."""
    form = CoverageForm(request.GET.dict(), usual)
    form.is_valid()
    return form


def usual_profession(request: Request) -> str:
    """The profession of one's license that ends first; for others the first in the list."""
    slugs = [slug for slug, _ in professions()]
    own = licenses_of(request.user).filter(profession__in=slugs).first() if request.user.is_authenticated else None
    return own.profession if own else slugs[0]


def query_of(choice: Choice, **other: str) -> str:
    """The choice as it stands in an address."""
    named = {
        "profession": choice.profession,
        "confidence": choice.confidence,
        "open": choice.open,
        "sort": choice.sort,
        "order": "down" if choice.down else "up",
    } | other
    return urlencode({key: value for key, value in named.items() if value != ANY})


def anchored(rules: Iterable[Covered], choice: Choice) -> list[tuple[str, Covered]]:
    """Each rule with its anchor: the first line of a state has one where a square leads to several lines."""
    seen: set[str] = set()
    found = []
    for rule in rules:
        first = choice.profession == ALL and rule.code not in seen
        seen.add(rule.code)
        found.append((rule.code.lower() if first else "", rule))
    return found


def columns(choice: Choice) -> tuple[Column, ...]:
    """The heads of the table."""
    shown = [*COLUMNS[:1], ("profession", "Profession"), *COLUMNS[1:]] if choice.profession == ALL else COLUMNS
    return tuple(_column(choice, key, words) for key, words in shown)


def _column(choice: Choice, key: str, words: str) -> Column:
    here = choice.sort == key
    query = query_of(choice, sort=key, order="up" if choice.down or not here else "down")
    order = ("descending" if choice.down else "ascending") if here else ""
    return Column(key, words, f"{reverse('requirements:coverage')}?{query}#rules", order)


def told(request: HttpRequest, rules: Iterable[Covered]) -> Iterable[dict[str, Any]]:
    """The rules as rows of a file; hours are empty where a rule names no total."""
    for rule in rules:
        values = (rule.code, rule.state, rule.profession, rule.title, rule.board, rule.confidence)
        hours = None if rule.hours is None else float(rule.hours)
        yield dict(zip(FIELDS, (*values, hours, rule.open, rule.read, rule.copy, request.build_absolute_uri(rule.address)), strict=True))


def faults_of(form: CoverageForm) -> str:
    """What is wrong with an address, in a line for each field."""
    return " ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
