"""The index of all rules: 51 jurisdictions, four professions, and how well each is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from perennial.apps.licenses.queries import jurisdictions, professions, rule_for
from perennial.apps.portal.drawn import address, leaf
from perennial.core.rules import Rule
from perennial.ui import Page, Request, show

STATES = {"high": "met", "medium": "part", "low": ""}


@dataclass(frozen=True, slots=True)
class Cell:
    """How well one rule is known: hours asked, open points, state."""

    profession: str
    name: str
    rule: Rule | None
    state: str
    hours: str
    open: int
    address: str

    @property
    def leaf(self) -> SafeString:
        """The leaf of how well it is known."""
        return leaf(self.state)


@dataclass(frozen=True, slots=True)
class Row:
    """A jurisdiction."""

    code: str
    name: str
    cells: tuple[Cell, ...]


class CoveragePage(Page):
    """What is covered, and how well."""

    template = "portal/pages/coverage.html"
    title = "What is covered"
    nav = "requirements"
    description = "Which license rules are read, how well each is known, and what is open: 51 jurisdictions, four professions."
    professions: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    rules: int


@require_safe
def coverage(request: Request) -> HttpResponse:
    """Show every rule in one table."""
    found = rows()
    rules = sum(cell.rule is not None for row in found for cell in row.cells)
    return show(request, CoveragePage(professions=professions(), rows=found, rules=rules))


@cache
def rows() -> tuple[Row, ...]:
    """The table; the rule base does not change while the site runs."""
    return tuple(Row(code, name, tuple(_cell(code, slug, words) for slug, words in professions())) for code, name in jurisdictions())


def _cell(code: str, slug: str, words: str) -> Cell:
    rule = rule_for(code, slug)
    if rule is None:
        return Cell(slug, words, None, "", "not covered", 0, "")
    total = rule.total
    figure = total.at_least[-1].hours if total and total.at_least else None
    hours = "no total" if figure is None else f"{figure.normalize():f} h" if figure else "none asked"
    return Cell(slug, words, rule, STATES[rule.file.confidence], hours, len(rule.file.open), address("portal:rule", code.lower(), slug))
