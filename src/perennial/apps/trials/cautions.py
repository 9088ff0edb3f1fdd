"""What to know before a pooled effect is used: what the same trials say when the flattering ones are left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perennial.apps.trials.analyses import Analysis
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.reading import Filter, Offered, file_of
from perennial.apps.trials.reckoning import Found, pooled_only
from perennial.core.synthesis.values import Pooled
from perennial.core.synthesis.words import figure
from perennial.core.values import Refusal
from perennial.core.values.words import counted

WAITING = {"wl", "wlc", "waiting list", "waitlist", "wait list", "wait-list"}
FEWEST = 3  # studies under which those of least risk of bias say too little
SAFEST = ({"low", "low risk"}, {"4"})
"""What databases call the least risk of bias; 4 where it is a count of criteria met up to 4."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A title, a sentence, and the address (after "?") of the analysis that shows it; empty where there is none."""

    title: str
    says: str
    address: str = ""


def cautions_of(dataset: Dataset, offered: Offered, found: Found) -> list[Caution]:
    """What to know; each of them reckoned on the same choice of trials."""
    roles = file_of(dataset).roles
    columns = {one.column: one for one in offered.filters}
    return [
        *_waiting(dataset, columns.get(roles.get("condition_arm2", "")), found),
        *_safest(dataset, columns.get(roles.get("rob", "")), found),
        *_small(found),
    ]


def _waiting(dataset: Dataset, column: Filter | None, found: Found) -> Iterator[Caution]:
    if column is None or not any(_told(one.told, column) in WAITING for one in found.pooled.effects):
        return
    others = tuple(sorted(level for level, _ in _chosen(column, found) if level.casefold() not in WAITING))
    title = "Waiting lists may flatter therapy"
    if not others:
        yield Caution(title, "All of these trials compare with a waiting list. Against usual care, expect another effect.")
        return
    analysis, pooled = _only(dataset, found, column.column, others)
    if pooled is not None:
        is_now = f"Without them it is {figure(pooled.estimate)}, not {figure(found.pooled.estimate)}, over {_studies(pooled)}."
        yield Caution(title, f"People told to wait may do worse than people left alone. {is_now}", analysis.address())


def _safest(dataset: Dataset, column: Filter | None, found: Found) -> Iterator[Caution]:
    there = _chosen(column, found) if column else ()
    safest = next((level for names in SAFEST for level, _ in there if level.casefold() in names), None)
    if column is None or safest is None or len(there) < 2 or (safest == "4" and not {level for level, _ in column.levels} <= set("01234")):
        return
    analysis, pooled = _only(dataset, found, column.column, (safest,))
    if pooled is None or pooled.k < FEWEST:
        return
    less = abs(pooled.estimate) < abs(found.pooled.estimate)
    title = "The best trials show less" if less else "The best trials show no less"
    says = f"With only the {_studies(pooled)} of least risk of bias it is {figure(pooled.estimate)}, not {figure(found.pooled.estimate)}."
    yield Caution(title, says, analysis.address())


def _small(found: Found) -> Iterator[Caution]:
    filled = found.pooled.trim_fill
    if filled and filled.k0:
        added = counted(filled.k0, "missing study", "missing studies")
        yield Caution(
            "Some small studies may be missing",
            f"The funnel is lopsided. With {added} put in for balance the effect would be {figure(filled.estimate)}: "
            "a guess at how much it matters, not a correction.",
        )


def _only(dataset: Dataset, found: Found, column: str, levels: tuple[str, ...]) -> tuple[Analysis, Pooled | None]:
    where = {**dict(found.analysis.where), column: levels}
    analysis = replace(found.analysis, where=tuple(sorted(where.items())), by="", on="")
    try:
        return analysis, pooled_only(dataset, analysis)[1]
    except Refusal:
        return analysis, None


def _chosen(column: Filter, found: Found) -> Sequence[tuple[str, int]]:
    """The levels of a column that are chosen; all where none is."""
    chosen = dict(found.analysis.where).get(column.column, ())
    return [one for one in column.levels if not chosen or one[0] in chosen]


def _told(told: Mapping[str, str], column: Filter) -> str:
    return told.get(column.column, "").casefold()


def _studies(pooled: Pooled) -> str:
    return counted(pooled.k, "study", "studies")
