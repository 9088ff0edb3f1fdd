"""A map of the jurisdictions in which each is one square: about where it lies, and all of one size."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from perennial.apps.licenses.queries import jurisdictions
from perennial.apps.requirements.coverage import ALL, RANKS, STATES, Choice, Covered, every_rule, fits
from perennial.core.values.words import KNOWN
from perennial.ui.templatetags.ui import leaf

# Rows from the north, columns from the west; two dots are no place.
GRID = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. WI .. .. .. VT NH
WA ID MT ND MN IL MI .. NY MA ..
OR NV WY SD IA IN OH PA NJ CT RI
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL .. ..
"""
LINES = [line.split() for line in GRID.strip().splitlines()]
PLACES = {code: (row, column) for row, line in enumerate(LINES, 1) for column, code in enumerate(line, 1) if code != ".."}


@dataclass(frozen=True, slots=True)
class Tile:
    """One jurisdiction: its place from 1, how well its rule is known (the least known of several), what it asks, where it leads."""

    code: str
    name: str
    row: int
    column: int
    confidence: str
    asked: str
    open: int
    inside: bool
    address: str

    @property
    def state(self) -> str:
        """The state whose color and leaf it has."""
        return STATES[self.confidence]

    @property
    def leaf(self) -> SafeString:
        """The leaf of how well it is known."""
        return leaf(self.state)

    @property
    def says(self) -> str:
        """All that the square shows, in words, after the name."""
        known = KNOWN.get(self.confidence, "not covered")
        parts = [known, self.asked, f"{self.open} open {'question' if self.open == 1 else 'questions'}" if self.confidence else ""]
        told = ", ".join(part for part in parts if part)
        return told if self.inside else f"{told}; not among those chosen"


def tiles(choice: Choice) -> tuple[Tile, ...]:
    """Every jurisdiction, row by row, so that one tabs through them as one sees them."""
    rules: dict[str, list[Covered]] = {}
    for rule in every_rule():
        if choice.profession in (ALL, rule.profession):
            rules.setdefault(rule.code, []).append(rule)
    names = dict(jurisdictions())
    return tuple(_tile(code, names[code], rules.get(code, []), choice) for code in PLACES if code in names)


def _tile(code: str, name: str, rules: list[Covered], choice: Choice) -> Tile:
    row, column = PLACES[code]
    single = rules[0] if len(rules) == 1 else None
    fitting = [rule for rule in rules if fits(rule, choice)]
    inside = bool(fitting)
    return Tile(
        code=code,
        name=name,
        row=row,
        column=column,
        confidence=max((rule.confidence for rule in fitting or rules), key=RANKS.__getitem__, default=""),
        asked=single.asked if single else "",
        open=sum(rule.open for rule in fitting or rules),
        inside=inside,
        address=f"#{code.lower()}" if inside and not single else rules[0].address if rules else f"#{code.lower()}",
    )


def counts(rules: Iterable[Covered]) -> tuple[tuple[SafeString, str, int], ...]:
    """How many rules are known how well: leaf, words, number; the best known first."""
    found = Counter(rule.confidence for rule in rules)
    return tuple((leaf(STATES[key]), words, found[key]) for key, words in KNOWN.items())
