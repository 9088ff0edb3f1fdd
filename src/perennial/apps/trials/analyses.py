"""An analysis as an address asks it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import parse_qs, urlencode

from perennial.apps.trials.models import Dataset
from perennial.apps.trials.reading import Offered, offered_by
from perennial.core.synthesis.choosing import EVERY_TIME
from perennial.core.synthesis.table import NUMBER
from perennial.core.synthesis.values import METHODS, Kind, Method
from perennial.core.values import Refusal

KINDS: Mapping[str, Kind] = {"g": "g", "log_rr": "log_rr"}
YEARS = ("from", "to")
FIGURES = (*YEARS, "rho", "base")
"""What is written as figures, and so can be written wrong."""
ROW = "w."
"""What stands before a column's name in an address."""
WITHOUT, MOST_WITHOUT = "without", 20


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is asked: rows by column and value, studies that are left out by name, kind of effect, time ("": post-test), years, the model,
    a column of groups, one of regression, and how many of 100 are well, or have the event, without therapy (0: not stated)."""

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[str, ...] = ()
    kind: str = ""
    time: str = ""
    first: int = 0
    last: int = 0
    method: Method = "REML"
    knapp_hartung: bool = True
    rho: float = 0.5
    by: str = ""
    on: str = ""
    base: int = 0

    def address(self) -> str:
        """The part of an address after "?" that asks this; the same for the same analysis, in one order, without what goes unsaid."""
        said = [(f"{ROW}{column}", value) for column, values in sorted(self.where) for value in sorted(values)]
        said += [(WITHOUT, study) for study in self.without]
        usual = Analysis()
        for name, attribute in NAMES.items():
            value = getattr(self, attribute)
            if value != getattr(usual, attribute):
                said.append((name, _said(value)))
        return urlencode(said)


def _said(value: str | float | bool) -> str:  # noqa: FBT001  one of several kinds of values
    """A value as an address says it: a figure to its last digit; of yes and no only the unusual is said, as 1."""
    if isinstance(value, bool):
        return "1"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


NAMES = {
    "effect": "kind",
    "time": "time",
    "from": "first",
    "to": "last",
    "method": "method",
    "normal": "knapp_hartung",
    "rho": "rho",
    "by": "by",
    "on": "on",
    "base": "base",
}
"""What each part is called in an address, in the order in which it stands there."""


def read_analysis(sent: Mapping[str, Sequence[str]], offered: Offered) -> Analysis:
    """The analysis that an address asks, of what the file has; the rest is passed over. Raises Refusal for figures that cannot be."""
    known = {one.column: {level for level, _ in one.levels} for one in offered.filters}
    without = sorted({study for study in sent.get(WITHOUT, ()) if study in offered.studies})[:MOST_WITHOUT]
    where = []
    for name, values in sent.items():
        column = name.removeprefix(ROW)
        chosen = tuple(sorted({value for value in values if value in known.get(column, ())})) if name.startswith(ROW) else ()
        if chosen:
            where.append((column, chosen))
    told = {name: (values[0] if values else "").strip()[:100] for name, values in sent.items()}
    first, last = (int(_figure(told.get(name, ""), "A year", 0, (1000, 2999))) for name in YEARS)
    low, high = offered.years or (first, last)
    if first and last and first > last:
        raise Refusal(f"No year is from {first} on and up to {last}. Turn the two years round.")
    return Analysis(
        where=tuple(sorted(where)),
        without=tuple(without),
        kind=_among(told.get("effect"), KINDS),
        time=_among(told.get("time"), (EVERY_TIME, *offered.times)),
        first=first if first > low else 0,
        last=last if last < high else 0,
        method=next((one for one in METHODS if one == told.get("method")), "REML"),
        knapp_hartung=told.get("normal") != "1",
        rho=_figure(told.get("rho", ""), "The correlation within a study", 0.5, (0, 0.99)),
        by=_among(told.get("by"), known),
        on=_among(told.get("on"), offered.numeric),
        base=int(_figure(told.get("base", ""), "The number of 100 people without therapy", 0, (1, 99))),
    )


def asked_by(dataset: Dataset, query: str) -> Analysis:
    """The analysis that the part of an address after "?" asks of a dataset. Raises Refusal as `read_analysis` and `offered_by` do."""
    return read_analysis(parse_qs(query, keep_blank_values=True), offered_by(dataset))


def _among(text: str | None, known: Mapping[str, object] | Sequence[str]) -> str:
    return text if text and text in known else ""


def _figure(text: str, name: str, usual: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    if not text:
        return usual
    if not NUMBER.fullmatch(text) or not low <= float(text.replace(",", ".")) <= high:
        raise Refusal(f"{name} is a figure from {low:g} to {high:g}. Write it so, or leave it empty.")
    return float(text.replace(",", "."))


if set(NAMES.values()) != {one.name for one in fields(Analysis)} - {"where", "without"}:
    raise TypeError("each part of an analysis needs a name in addresses")
