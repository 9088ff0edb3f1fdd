"""The design of works: the steps one by one, and how often they are right on the labeled sample.

    levels.tsv: level, publication types (none: "journal-article", as Crossref tells), journal, title

Levels were given by hand by what each work did, not by its title. Titles that tell nothing stand in it as often as they do in a library.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from perennial.core.literature import Level, Record, grade
from perennial.core.literature.designs import ABSTRACT, TITLE, likely

SAMPLE = Path(__file__).with_name("levels.tsv")
RIGHT, WRONG_AT_MOST, SILENT_AT_MOST = 0.72, 0.03, 0.26  # of all works: named right, named as something else, not told


def sample() -> list[tuple[Level, Record]]:
    """The labeled works."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (Level(level), Record(title=title, container=journal, kinds=tuple(kinds.split("; ")) if kinds else ("journal-article",)))
        for level, kinds, journal, title in rows
    ]


def table() -> Counter[tuple[Level, Level]]:
    """How often a work of the first level was taken for one of the second."""
    return Counter((level, grade(record).level) for level, record in sample())


def test_the_labeled_sample_is_large_and_its_figures_hold() -> None:
    found = table()
    count = found.total()
    assert count >= 120
    assert len({record.title for _, record in sample()}) == count
    right = sum(times for (level, taken), times in found.items() if level == taken)
    silent = sum(times for (_, taken), times in found.items() if taken == Level.UNKNOWN)
    assert right / count >= RIGHT
    assert silent / count <= SILENT_AT_MOST
    assert (count - right - silent) / count <= WRONG_AT_MOST


# Of each level: works, named right, taken for something else; the rest is not told. The table in docs/algorithms/evidence-level.md.
BY_LEVEL = {
    Level.SYSTEMATIC_REVIEW: (26, 25, 0),
    Level.RANDOMIZED_TRIAL: (21, 13, 0),
    Level.CONTROLLED_STUDY: (3, 0, 0),
    Level.COHORT: (12, 9, 1),
    Level.CASE_CONTROL: (9, 6, 1),
    Level.CROSS_SECTIONAL: (16, 11, 0),
    Level.CASE_SERIES: (8, 4, 0),
    Level.QUALITATIVE: (3, 3, 0),
    Level.GUIDELINE: (9, 9, 0),
    Level.NARRATIVE: (13, 10, 1),
    Level.OPINION: (3, 0, 0),
    Level.PROTOCOL: (4, 4, 0),
    Level.LABORATORY: (4, 1, 0),
}


def test_the_figures_of_each_level_are_those_that_the_document_states() -> None:
    found = table()
    for level, (works, right, wrong) in BY_LEVEL.items():
        rows = {taken: times for (held, taken), times in found.items() if held == level}
        assert (sum(rows.values()), rows.get(level, 0)) == (works, right), level
        assert sum(times for taken, times in rows.items() if taken not in (level, Level.UNKNOWN)) == wrong, level


@pytest.mark.parametrize(
    ("changes", "level", "because"),
    [
        ({"kinds": ("Journal Article", "Meta-Analysis", "Review")}, Level.SYSTEMATIC_REVIEW, "its publication type is Meta-Analysis"),
        ({"kinds": ("Randomized Controlled Trial",), "title": "X: study protocol"}, Level.PROTOCOL, "its title says “protocol”"),
        ({"kinds": ("Comment", "Randomized Controlled Trial")}, Level.OPINION, "its publication type is Comment"),
        ({"kinds": ("Review",), "title": "X: a meta-analysis"}, Level.SYSTEMATIC_REVIEW, "its title says “meta-analysis”"),
        ({"title": "Adherence to guidelines: a systematic review"}, Level.SYSTEMATIC_REVIEW, "its title says “systematic review”"),
        ({"title": "A nonrandomized trial of X"}, Level.CONTROLLED_STUDY, "its title says “nonrandomized”"),
        ({"mesh": ("Animals", "Rats")}, Level.LABORATORY, "its MeSH headings name animals and no humans"),
        ({"mesh": ("Animals", "Humans", "Cohort Studies")}, Level.COHORT, "its MeSH headings name Cohort Studies"),
        ({"abstract": "Patients were randomly assigned to A."}, Level.RANDOMIZED_TRIAL, "its abstract says “were randomly”"),
        (
            {"abstract": "Earlier trials were few. Semi-structured interviews."},
            Level.QUALITATIVE,
            "its abstract says “Semi-structured interviews”",
        ),
        ({"kinds": ("Letter",)}, Level.OPINION, "its publication type is Letter"),
        ({}, Level.UNKNOWN, "neither its type nor its headings, title or abstract tell its design"),
    ],
)
def test_each_step_tells_its_reason(changes: dict[str, object], level: Level, because: str) -> None:
    graded = grade(Record(**{"title": "X", **changes}))  # type: ignore[arg-type]  # fields by name
    assert (graded.level, graded.because) == (level, because)


SAYS = """We searched the databases PubMed and others; We systematically searched MEDLINE; this meta-analysis; random-effects models;
random effects meta-analyses; A systematic review was conducted; patients were randomly; we randomized; was randomised; Randomly assigned;
this randomised clinical trial with; (a randomized trial of; quasi-experimental; Quasiexperimental; non-randomised; nonrandomized;
matched control group; case-control study; cases and controls; cases and matched controls; we report two cases; we present a case;
this case series; an open trial; Open pilot trial; prospective observational cohort; retrospective study; birth cohort; nationwide study;
longitudinal study; thoughts—cohort study—here; cross-sectional; online survey; survey of; psychometric properties;
internal consistency; semistructured interviews; Semi-structured interviews; focus groups; thematic analysis; grounded theory;
phenomenological analysis; this article reviews; this paper describes; this chapter discusses; we review; narrative review"""


def test_the_bits_leave_out_nothing_that_an_expression_finds() -> None:
    texts = [record.title for _, record in sample()] + ["Re: a sample", "A report of two cases of X", "We randomized a birth cohort study"]
    for line in (*TITLE, *ABSTRACT):
        for text in (*texts, *SAYS.split(";")):
            assert bool(line.search(text, text.lower())) == bool(line.pattern.search(text.lower())), (text, line.pattern.pattern)


def test_the_words_leave_out_no_line_that_fits_an_abstract() -> None:
    for said in SAYS.split(";"):
        for text in (said, f"Été:{said}.", f"A {said}, İstanbul"):
            lowered = text.lower()
            fit = [line for line in ABSTRACT if line.pattern.search(lowered)]
            assert fit, f"each of them tells a design: {text}"
            assert [line for line in likely(lowered) if line in fit] == fit
    assert likely("the sample of samples tells nothing") == []


def test_levels_are_in_order_and_have_words() -> None:
    assert [level.rank for level in Level] == list(range(1, len(Level) + 1))
    assert all(level.words for level in Level)
