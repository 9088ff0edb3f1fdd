"""One trial database explored: which trials, what they come to, in words, figures and tables; the address holds the whole analysis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.trials.access import dataset_for
from perennial.apps.trials.analyses import (
    LEAVE_ONE_OUT,
    Analysis,
    Filter,
    Found,
    file_of,
    filters_of,
    found_for,
    numeric_of,
    read_analysis,
    words_of,
)
from perennial.apps.trials.figures.plots import Figure
from perennial.apps.trials.figures.showing import figures_of
from perennial.apps.trials.queries import Dataset
from perennial.core.synthesis.metapsy import TrialFile
from perennial.core.synthesis.people import Expected
from perennial.core.synthesis.values import METHOD_NAMES
from perennial.core.synthesis.words import cannot_say, chance, figure, how, in_people, left_out_words, says, span
from perennial.core.values import Refusal
from perennial.ui import Page, Request, show

MOST_LEFT_OUT = 50


@dataclass(frozen=True, slots=True)
class Picked:
    """A column with its levels: value, how many rows, whether it is chosen."""

    column: str
    words: str
    levels: Sequence[tuple[str, int, bool]]
    open: bool


class DatasetPage(Page):
    """The choices, and what comes of them; where nothing does, `refused` says why."""

    template = "trials/pages/dataset.html"
    nav = "evidence"
    dataset: Dataset
    key: str
    analysis: Analysis
    address: str
    picked: Sequence[Picked]
    columns: Sequence[tuple[str, str]]
    numeric: Sequence[tuple[str, str]]
    by: str
    on: str
    methods: Sequence[tuple[str, str]]
    refused: str = ""
    found: Found | None = None
    figures: Sequence[Figure] = ()
    lines: Mapping[str, Sequence[str]]
    table: Sequence[tuple[str, str, str]] = ()
    groups: Sequence[tuple[str, str, str, str]] = ()
    expected: Expected | None = None
    too_many: int = LEAVE_ONE_OUT
    mine: bool = False


@require_safe
def dataset(request: Request, slug: str) -> HttpResponse:
    """Show it."""
    person = request.user if request.user.is_authenticated else None
    key = request.GET.get("key", "")[:64]
    found = dataset_for(person, slug, key)
    file = file_of(found)
    filters = filters_of(file)
    refused, result, analysis = "", None, Analysis()
    try:
        analysis = read_analysis(dict(request.GET.lists()), filters)
        result = found_for(found, analysis)
    except Refusal as refusal:
        refused = str(refusal)
    page = DatasetPage(
        title=found.title,
        dataset=found,
        key=key if found.token and key == found.token else "",
        analysis=analysis,
        address=analysis.address(),
        picked=picked_of(file, filters, analysis),
        columns=[(one.column, words_of(file, one.column)) for one in filters],
        numeric=[(column, words_of(file, column)) for column in numeric_of(file)],
        by=words_of(file, analysis.by),
        on=words_of(file, analysis.on),
        methods=list(METHOD_NAMES.items()),
        refused=refused,
        found=result,
        figures=figures_of(result) if result else (),
        lines=lines_of(result) if result else {},
        table=table_of(result) if result else (),
        groups=groups_of(result) if result else (),
        mine=person is not None and found.owner_id == person.pk,
    )
    return show(request, page)


def picked_of(file: TrialFile, filters: Sequence[Filter], analysis: Analysis) -> list[Picked]:
    """The filters, with what is chosen; those with a choice are open."""
    where = dict(analysis.where)
    found = []
    for one in filters:
        levels = [(level, count, level in where.get(one.column, ())) for level, count in one.levels]
        found.append(Picked(one.column, words_of(file, one.column), levels, one.column in where))
    return found


def lines_of(found: Found) -> dict[str, Sequence[str]]:
    """Sentences: what it says, what it cannot say, how it was reckoned, what it means for people, what was left out and assumed."""
    chosen = found.chosen
    return {
        "says": says(found.pooled, chosen.kind, chosen.direction),
        "cannot": [*cannot_say(found.pooled), *found.doubts],
        "how": [how(found.pooled.choices), f"Direction: {chosen.direction.because}.", *(f"Assumed: {one}." for one in chosen.assumed)],
        "people": in_people(found.expected) if found.expected else [],
        "left": [text for text in (left_out_words(chosen.reasons()),) if text],
        "faults": [str(one.problem) for one in chosen.left_out if one.problem][:MOST_LEFT_OUT],
    }


def table_of(found: Found) -> list[tuple[str, str, str]]:
    """The figures: name, value, and what it is."""
    one = found.pooled
    egger = f"t = {figure(one.egger.t)}, {chance(one.egger.p)}" if one.egger else "not known"
    filled = f"{one.trim_fill.k0} added, {figure(one.trim_fill.estimate)}" if one.trim_fill else "not known"
    return [
        ("Studies", str(one.k), "Effects of one study are joined first."),
        ("Estimate", f"{figure(one.estimate, 3)} (standard error {figure(one.se, 3)})", "The mean effect over studies like these."),
        ("Interval", span(one.ci, 3), "Where that mean lies, at 95 %."),
        ("Prediction interval", span(one.prediction_interval, 3), "Where the effect of a new study would be expected."),
        ("τ²", f"{figure(one.tau2, 3)} ({span(one.tau2_ci, 3)})", "The variance of true effects between studies."),
        ("I²", f"{figure(one.i2, 1)} % ({span(one.i2_ci, 1)})", "The share of the spread that is more than chance."),
        ("Q", f"{figure(one.q)}, {chance(one.q_p)}", "The test of whether there is more spread than chance."),
        ("Egger", egger, "Whether small studies give other effects."),
        ("Trim and fill", filled, "How many small studies may be missing, and the estimate with them."),
    ]


def groups_of(found: Found) -> list[tuple[str, str, str, str]]:
    """Each level: its name, studies, estimate and interval; then those that could not be pooled."""
    if found.groups is None:
        return []
    rows = [(level, str(one.k), figure(one.estimate), span(one.ci)) for level, one in found.groups.groups.items()]
    return [*rows, *((level, "", "not pooled", why) for level, why in found.groups.failed.items())]
