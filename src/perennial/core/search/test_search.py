"""What is found, in which order, and why; and that it stays right while works come, change and go."""

import os
from pathlib import Path

import pytest

from perennial.core.search import Answer, Asked, Busy, Entry, Order, SearchIndex, read_asked, reasons_for, weight_of
from perennial.core.vocabulary import Kind, Term, Vocabulary

WORDS = Vocabulary.of(
    [
        Term(
            slug="prolonged-exposure",
            name="Prolonged exposure",
            kind=Kind.MODALITY,
            synonyms=("imaginal exposure",),
            abbreviations=("PE",),
            mesh=("Implosive Therapy",),
        ),
        Term(slug="posttraumatic-stress", name="Posttraumatic stress disorder", kind=Kind.CONDITION, abbreviations=("PTSD",)),
    ]
)
TITLE = "Prolonged exposure for posttraumatic stress"
EXPOSURE = ["prolonged-exposure"]
REVIEW = Entry(1, f"{TITLE}: a review", "Trials were pooled.", practices=EXPOSURE, level="systematic_review", rank=1, year=2019)
TRIAL = Entry(
    id=2,
    title="A trial of imaginal exposure with veterans",
    abstract="PTSD fell.",
    authors=["Sample, A."],
    practices=EXPOSURE,
    level="randomized_trial",
    rank=2,
    year=2021,
    free=True,
)
OPINION = Entry(3, f"{TITLE}: a comment", level="opinion", rank=11, year=2022)
RETRACTED = Entry(4, f"{TITLE}: trial", level="randomized_trial", rank=2, year=2020, retracted=True)
OTHER = Entry(5, "Sleep in adolescents", "Grief and sleep.", headings=["Sleep"], level="cohort", rank=4, year=2001)
ALL = (REVIEW, TRIAL, OPINION, RETRACTED, OTHER)


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    made = SearchIndex(tmp_path)
    made.keep(ALL, place={"at": "now"})
    return made


def asked(text: str, **filters: object) -> Asked:
    groups, without = read_asked(text, WORDS)
    return Asked(text, groups, without, **filters)  # type: ignore[arg-type]  # filters by name


def ids(answer: Answer) -> list[int]:
    return [hit.id for hit in answer.hits]


def test_strong_evidence_stands_before_weak_and_what_was_retracted_last(index: SearchIndex) -> None:
    found = index.search(asked("prolonged exposure posttraumatic stress"))
    assert (ids(found)[0], ids(found)[-1], found.count) == (1, 4, 4)
    assert ids(found).index(3) > ids(found).index(1)


@pytest.mark.parametrize("text", ["PE", "imaginal exposure", "Implosive Therapy"])
def test_other_names_of_a_thing_find_it(index: SearchIndex, text: str) -> None:
    assert {1, 2} <= set(ids(index.search(asked(text))))


def test_a_slip_of_the_pen_is_forgiven_and_said(index: SearchIndex) -> None:
    found = index.search(asked("adolescants"))
    assert (ids(found), found.taken_for) == ([5], (("adolescants", "adolescents"),))
    assert index.search(asked("zzzzzzzz")).count == 0


def test_phrases_stay_together_and_minus_leaves_out(index: SearchIndex) -> None:
    assert ids(index.search(asked('"with veterans"'))) == [2]
    assert index.search(asked('"veterans with"')).count == 0
    assert 3 not in ids(index.search(asked("exposure -comment")))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"levels": frozenset({"randomized_trial"})}, {2, 4}),
        ({"free": True}, {2}),
        ({"from_year": 2021}, {2, 3}),
        ({"from_year": 2001, "to_year": 2019}, {1, 5}),
        ({"standing_only": True}, {1, 2, 3, 5}),
        ({"after": 3}, {4, 5}),
        ({"after": 1, "through": 3}, {2, 3}),
        ({"practices": frozenset({"prolonged-exposure"})}, {1, 2}),
    ],
)
def test_filters(index: SearchIndex, filters: dict[str, object], found: set[int]) -> None:
    answer = index.search(asked("", **filters))
    assert (set(ids(answer)), answer.count) == (found, len(found))


def test_levels_are_counted_over_all_that_fits(index: SearchIndex) -> None:
    assert index.search(asked("exposure"), most=1).levels == {"randomized_trial": 2, "systematic_review": 1, "opinion": 1}


def test_newest_first_where_asked_for(index: SearchIndex) -> None:
    assert ids(index.search(asked("", order=Order.NEWEST))) == [3, 2, 4, 1, 5]


def test_a_changed_work_is_found_by_what_it_is_now_and_once(index: SearchIndex, tmp_path: Path) -> None:
    other = SearchIndex(tmp_path)
    assert other.count == len(ALL)
    index.keep([Entry(5, "Grief in adolescents")])
    assert (other.count, ids(other.search(asked("sleep"))), ids(other.search(asked("grief")))) == (5, [], [5])
    index.drop([5])
    assert other.search(asked("grief")).count == 0
    times = (index.folder / "meta.json").stat()
    index.keep([Entry(5, "Grief once more")])
    os.utime(index.folder / "meta.json", ns=(times.st_atime_ns, times.st_mtime_ns))  # as where two are written at one moment
    assert ids(other.search(asked("grief"))) == [5]


def test_what_fails_half_way_leaves_the_index_as_it_was(index: SearchIndex) -> None:
    def entries() -> object:
        yield Entry(6, "Six")
        raise KeyError("the database went away")

    with pytest.raises(KeyError):
        index.keep(entries(), place={"at": "later"})  # type: ignore[arg-type]  # fails on the way
    assert (index.count, index.place()) == (5, {"at": "now"})


def test_who_reads_goes_on_with_what_there_was_where_the_folder_is_torn_and_who_writes_is_told(index: SearchIndex) -> None:
    assert index.count == len(ALL)
    (index.folder / "meta.json").write_text("{torn")
    assert index.search(asked("sleep")).count == 1
    for work in (lambda: SearchIndex(index.folder.parent), lambda: index.keep([Entry(9, "Nine")])):
        with pytest.raises(ValueError, match=r"meta\.json"):
            work()


def test_it_can_be_made_anew_while_others_read(index: SearchIndex, tmp_path: Path) -> None:
    other = SearchIndex(tmp_path)

    def entries() -> object:
        yield Entry(9, "Nine")
        assert other.count == len(ALL)

    index.keep(entries(), anew=True)  # type: ignore[arg-type]  # looks on the way
    assert (other.count, ids(other.search(asked("")))) == (1, [9])


def test_one_writes_at_a_time(index: SearchIndex, tmp_path: Path) -> None:
    def entries() -> object:
        yield Entry(7, "Seven")
        with pytest.raises(Busy):
            SearchIndex(tmp_path).keep([Entry(8, "Eight")])

    index.keep(entries())  # type: ignore[arg-type]  # writes while another tries to
    assert index.count == 6


@pytest.mark.parametrize(
    "text", ["", "   ", "-", '"', '""', "\"'()[]{}^~*?:\\/ AND OR NOT +", "a" * 5000, "-exposure", "\x00", "'; DROP TABLE"]
)
def test_whatever_is_typed_is_answered(index: SearchIndex, text: str) -> None:
    assert index.search(asked(text)).count >= 0


def test_reasons_say_where_words_stand_and_what_the_work_is() -> None:
    said = [one.words for one in reasons_for(TRIAL, asked("imaginal exposure veteran"), level_words="Randomized trial")]
    assert said == ["“imaginal exposure” and “veteran” in the title", "randomized trial", "2021"]
    said = [one.words for one in reasons_for(REVIEW, asked("imaginal exposure"))]
    assert said[0] == "“Prolonged exposure”, another name of “imaginal exposure”"
    assert reasons_for(RETRACTED, asked("exposure"))[0].raises is False
    said = [one.words for one in reasons_for(OTHER, asked("adolescants"), (("adolescants", "adolescents"),))]
    assert said[0] == "“adolescents”, taken for “adolescants”"


def test_a_work_with_all_the_words_stands_before_stronger_ones_with_some(tmp_path: Path) -> None:
    made = SearchIndex(tmp_path)
    made.keep(
        [
            Entry(1, "Burnout of nurses", level="systematic_review", rank=1, year=2024),
            Entry(2, "Stress at work", "Burnout of therapists was asked for.", level="cross_sectional", rank=6, year=2004),
            *(Entry(number, f"Burnout of teachers, {number}", level="systematic_review", rank=1, year=2024) for number in range(3, 20)),
        ]
    )
    assert ids(made.search(asked("therapist burnout")))[0] == 2
    paged = [one for start in range(0, 20, 3) for one in ids(made.search(asked("therapist burnout"), start=start, most=3))]
    assert paged == ids(made.search(asked("therapist burnout"), most=40))


def test_a_work_with_many_names_of_a_thing_counts_once(tmp_path: Path) -> None:
    made = SearchIndex(tmp_path)
    made.keep(
        [
            Entry(1, "Prolonged exposure", "Imaginal exposure. Implosive therapy.", practices=EXPOSURE),
            Entry(2, "Prolonged exposure with veterans"),
            *(Entry(number, f"Sleep, {number}") for number in range(3, 20)),
        ]
    )
    assert ids(made.search(asked("PE veterans"))) == [2, 1]


def test_words_that_tell_nothing_count_only_where_nothing_else_is_asked(index: SearchIndex) -> None:
    assert ids(index.search(asked("what is there for veterans"))) == [2]
    assert index.search(asked("with")).count == 1
    assert index.search(asked('"a trial of"')).count == 1


def test_reasons_say_that_a_work_is_near_in_meaning() -> None:
    assert reasons_for(OTHER, asked("adolescents"), alike=True)[1].words == "near in meaning"
    assert reasons_for(OTHER, asked("teenagers"), alike=True)[0].words == "near in meaning, in other words"


def test_a_word_that_only_an_abstract_has_is_no_slip(tmp_path: Path) -> None:
    made = SearchIndex(tmp_path)
    made.keep([Entry(1, "Imaging of pain"), Entry(2, "Rescripting", "Imagery changes.", ["Imager, A."])])
    assert made.search(asked("imagery")).taken_for == ()
    assert made.search(asked("Imager")).taken_for == ()
    assert made.search(asked("rescriptng")).taken_for == (("rescriptng", "rescripting"),)
    assert made.search(asked("escripting")).taken_for == (("escripting", "rescripting"),)


def test_what_was_retracted_comes_last_however_well_it_fits(tmp_path: Path) -> None:
    made = SearchIndex(tmp_path)
    fits = Entry(1, "Sleep sleep", "Sleep and sleep.", headings=["Sleep"], level="systematic_review", rank=1, year=2026, retracted=True)
    made.keep([fits, *(Entry(number, "Rest", f"Of sleep, {number}.", level="opinion", rank=11) for number in range(2, 30))])
    made.keep([Entry(number, f"Sleep, {number}", rank=14) for number in range(40, 50)])
    assert ids(made.search(asked("sleep"), most=50))[-1] == 1


def test_weights_fall_with_the_design_and_grow_with_the_year() -> None:
    assert weight_of(REVIEW) > weight_of(TRIAL) > weight_of(OPINION)
    assert weight_of(Entry(9, "x", rank=1)) == 6.0


@pytest.mark.parametrize(
    ("typed", "words", "left_out"),
    [
        ("trauma NOT child", ["trauma"], ("child",)),
        ('trauma AND grief NOT "waiting list"', ["trauma", "grief"], ("waiting list",)),
        ("if nothing helps, not even this", ["nothing", "helps", "even"], ()),
        ("NOT", ["NOT"], ()),
        ("trauma NOT", ["trauma"], ()),
        ("KNOT tying", ["KNOT", "tying"], ()),
    ],
)
def test_not_in_capitals_leaves_out_as_a_minus_does(typed: str, words: list[str], left_out: tuple[str, ...]) -> None:
    groups, without = read_asked(typed)
    assert ([group.typed for group in groups], without) == (words, left_out)
