"""Works of near meaning: what a text means, where that is kept, and how it is mixed with what words find."""

import fcntl
from pathlib import Path

import numpy as np
import pytest

from perennial.core.search import Asked, Busy, Entry, Group, Order, SearchIndex
from perennial.core.search.meanings import BY_SIGNS, Meanings
from perennial.core.search.mixing import by_meaning, mixed
from perennial.core.search.sense import WIDTH, Encoder, Numbers, model_folder

FOLDER = model_folder()
needs_model = pytest.mark.skipif(FOLDER is None, reason="perennial[semantic] is not installed")


def rows(count: int, seed: int = 1) -> Numbers:
    made = np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    made = SearchIndex(tmp_path)
    made.keep(
        [
            Entry(1, "Sleep in adolescents", level="cohort", rank=4),
            Entry(2, "Insomnia of the young", level="randomized_trial", rank=2, free=True),
            Entry(3, "Teenagers who lie awake", level="opinion", rank=11, retracted=True),
            *(
                Entry(number, f"Sleep, number {number}", rank=14) for number in range(159, 9, -1)
            ),  # in another order than that of their numbers
        ]
    )
    return made


ASKED = Asked("sleep adolescents", (Group("sleep"), Group("adolescents")))


def test_works_of_near_meaning_are_mixed_in_and_said(index: SearchIndex) -> None:
    found = index.search(ASKED, alike=[(2, 0.8), (1, 0.7), (3, 0.9), (999, 0.9)])
    assert [hit.id for hit in found.hits[:2]] == [1, 2]
    assert (found.count, found.levels["randomized_trial"], dict(found.alike)) == (152, 1, {2: 0.8, 1: 0.7})


def test_every_page_together_has_each_work_once_and_what_was_retracted_last(index: SearchIndex) -> None:
    index.keep([Entry(200, "Sleep", "Sleep of adolescents.", rank=1, retracted=True)])
    alike = [(2, 0.8), (3, 0.9), (150, 0.6), (200, 0.9)]
    pages = [[hit.id for hit in index.search(ASKED, start=start, most=7, alike=alike).hits] for start in range(0, 160, 7)]
    found = [one for page in pages for one in page]
    assert (len(found), len(set(found)), found[-1]) == (153, 153, 200)


def test_filters_hold_for_meaning_too_and_the_newest_first_has_none_of_it(index: SearchIndex) -> None:
    free = Asked("sleep", (Group("sleep"),), free=True)
    assert [hit.id for hit in index.search(free, alike=[(2, 0.8), (3, 0.9)]).hits] == [2]
    newest = Asked("sleep", (Group("sleep"),), order=Order.NEWEST)
    assert index.search(newest, alike=[(2, 0.8)]).count == 151


def test_likeness_counts_above_the_least_and_times_the_weight() -> None:
    assert by_meaning([(1, 0.9), (2, 0.7), (3, 0.2), (4, 0.9)], {1: 2.0, 2: 6.0, 3: 6.0}) == [2, 1]


def test_what_stands_in_both_lists_comes_first_and_the_last_stay_last() -> None:
    assert [one for one, _ in mixed(([1, 2, 3], [4, 2]), last={3})] == [2, 1, 4, 3]


def test_rows_are_found_again_and_replaced(tmp_path: Path) -> None:
    kept, made = Meanings(tmp_path), rows(BY_SIGNS + 500)
    kept.keep(range(1, len(made) + 1), made, place={"work": 5})
    other = Meanings(tmp_path)
    assert [other.near(made[number], most=1)[0][0] for number in (0, 7, BY_SIGNS + 400)] == [1, 8, BY_SIGNS + 401]
    kept.keep([1], made[7:8], gone=[8])
    assert (other.near(made[7], most=1)[0][0], other.count, other.place()) == (1, len(made) - 1, {"work": 5})
    assert 1 not in dict(other.near(made[0], most=1))


def test_what_a_process_that_died_left_is_written_over(tmp_path: Path) -> None:
    kept, made = Meanings(tmp_path), rows(6)
    kept.keep([1, 2], made[:2])
    for name in ("ids", "signs", "values"):
        with (kept.folder / name).open("ab") as file:
            file.write(b"torn")
    assert Meanings(tmp_path).count == 2
    kept.keep([3, 4], made[2:4])
    assert [Meanings(tmp_path).near(made[number], most=1)[0][0] for number in range(4)] == [1, 2, 3, 4]


def test_one_process_keeps_at_a_time(tmp_path: Path) -> None:
    kept = Meanings(tmp_path)
    with (kept.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy):
            kept.keep([1], rows(1))
    kept.keep([1], rows(1))
    assert kept.known([1, 2]) == {1}


def test_an_empty_store_knows_nothing(tmp_path: Path) -> None:
    kept = Meanings(tmp_path)
    kept.keep([], rows(1)[:0])
    assert (kept.near(rows(1)[0], most=5), kept.count, kept.place()) == ([], 0, {})


@needs_model
def test_the_model_answers_as_its_makers_say() -> None:
    """Its makers' first example and the likenesses that they print: 0.6660, 0.1046, 0.1411."""
    assert FOLDER is not None
    found = Encoder(FOLDER).vectors(["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."])
    assert np.round((found @ found.T)[[0, 0, 1], [1, 2, 2]], 4).tolist() == pytest.approx([0.6660, 0.1046, 0.1411], abs=1e-4)


@needs_model
def test_the_model_finds_other_words_for_the_same(tmp_path: Path) -> None:
    assert FOLDER is not None
    model, kept = Encoder(FOLDER), Meanings(tmp_path)
    titles = ["Treatment of chronic insomnia in adults", "Grief after the death of a spouse", "Supervision of trainee therapists", ""]
    kept.keep([1, 2, 3, 4], model.vectors(titles))
    asked = model.vectors(["people who cannot sleep", "mourning a husband", "teaching young clinicians"])
    assert [kept.near(one, most=1)[0][0] for one in asked] == [1, 2, 3]
