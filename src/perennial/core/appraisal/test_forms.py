"""Forms and examples of the library, faults in files, and the small parts around them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from perennial.core.appraisal import (
    Answer,
    Compared,
    Told,
    Try,
    compare,
    from_plain,
    in_words,
    minutes_spent,
    next_question,
    plain,
    progress,
    read_forms,
    read_gym,
    suggest,
)
from perennial.core.appraisal.practice import KINDS

LIBRARY = Path(__file__).resolve().parents[4] / "library" / "appraisals"
FORMS, FAULTS = read_forms(LIBRARY)
EXAMPLES, GYM_FAULTS = read_gym(LIBRARY / "gym", FORMS)
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_the_library_has_a_form_for_eight_designs_without_fault() -> None:
    assert not FAULTS
    assert set(FORMS) == {
        "randomized_trial", "systematic_review", "cohort", "case_control", "diagnostic_accuracy", "qualitative", "prediction_model",
        "single_case",
    }  # fmt: skip
    for form in FORMS.values():
        assert {one.id for one in form.domains} <= set(KINDS)
        assert list(form.items) == [item for domain in form.domains for item in form.of_domain(domain.id)]
        assert all(item.means[answer] for item in form.items for answer in Answer)


def test_a_form_comes_back_from_plain_values_with_the_same_digest() -> None:
    form = FORMS["cohort"]
    assert from_plain(plain(form)) == form
    assert from_plain({**plain(form), "title": "Another"}).digest != form.digest


def test_no_form_and_no_answer_carries_points() -> None:
    for file in LIBRARY.rglob("*.toml"):
        assert "points =" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('toward = "either"', 'toward = "up"', "'up' is no direction"),
        ('domain = "selection"', 'domain = "nowhere"', "there is no domain 'nowhere'"),
        ("version = 1", 'version = "one"', "'version' is no whole number"),
        ('id = "represent"', 'id = "same_source"', "cohort.toml: same_source: is there twice"),
        ('look = "Where each', 'lok = "Where each', "unknown key 'lok'"),
        ("[answers]", "[answers", "cannot be read"),
        ("[[item]]", "[[thing]]", "there is no [[item]]"),
    ],
)
def test_faults_in_a_form_are_told_with_their_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (LIBRARY / "cohort.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "cohort.toml").write_text(text.replace(old, new), encoding="utf-8")
    forms, problems = read_forms(tmp_path)
    assert not forms
    assert any(says in str(one) for one in problems), problems


def test_the_gym_has_four_trials_and_reviews_and_two_of_each_other_design() -> None:
    assert not GYM_FAULTS
    counts = {design: sum(one.design == design for one in EXAMPLES) for design in FORMS}
    assert counts == {design: 4 if design in ("randomized_trial", "systematic_review") else 2 for design in FORMS}


def test_a_key_to_a_question_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'design = "cohort"\n[[example]]\nid = "a"\ntitle = "A"\nstudy = "B"\n[[example.key]]\nitem = "x"\nanswer = "maybe"\nwhy = "c"\n'
    )
    examples, problems = read_gym(tmp_path, FORMS)
    assert not examples
    assert ["no question 'x'" in str(problems[0]), "its answer is none" in str(problems[1])] == [True, True]


def test_weak_questions_come_first_and_known_ones_rest() -> None:
    first = next_question(EXAMPLES, [], AT, "cohort")
    assert first is not None
    wrong = Try("cohort", "cohort-yoga", "confounders", False, AT - timedelta(minutes=9))
    right = Try("cohort", "cohort-register", "adjusted", True, AT - timedelta(minutes=5))
    found = next_question(EXAMPLES, [wrong, right], AT, "cohort")
    assert found is not None
    assert (found.key.item, found.due) == ("confounders", True)
    known = [Try("cohort", one.id, key.item, True, AT) for one in EXAMPLES if one.design == "cohort" for key in one.keys]
    resting = next_question(EXAMPLES, known, AT + timedelta(hours=1), "cohort")
    back = next_question(EXAMPLES, known, AT + timedelta(days=9), "cohort")
    assert resting is not None
    assert back is not None
    assert (resting.due, back.due) == (False, True)
    assert next_question([], [], AT) is None
    (kind,) = [one for one in progress(FORMS, [wrong, right]) if one.kind == "confounding"]
    assert (kind.tries, kind.right, kind.weak) == (2, 1, 1)


def test_gaps_of_more_than_five_minutes_are_no_time_spent() -> None:
    moments = [AT + timedelta(minutes=at) for at in (0, 2, 5, 60, 64.5)]
    assert minutes_spent(moments) == 9
    assert minutes_spent(moments[:1]) == minutes_spent([]) == 0


def test_ages_are_compared_by_figure_and_nothing_is_added_up() -> None:
    told = {
        "age": Told("18 to 65", "60-80"),
        "setting": Told("clinic", "clinic", "same"),
        "country": Told("Sweden", "", "same"),
        "diagnosis": Told("panic", "worry", "differs"),
    }
    lines = {one.aspect.id: one for one in compare(told)}
    assert (lines["age"].compared, lines["setting"].compared) == (Compared.DIFFERS, Compared.SAME)
    assert "66 to 80" in lines["age"].says
    assert lines["country"].compared == lines["severity"].compared == Compared.NOT_TOLD
    words = " ".join(in_words(compare(told)))
    assert "As in the study: setting." in words
    assert not any(character.isdigit() for character in words)
    assert compare({"age": Told("18 to 65", "20 to 30")})[0].compared == Compared.SAME
    assert compare({"age": Told("18 to 30", "40 to 50")})[0].says == "Nobody of 40 to 50 was studied."


@pytest.mark.parametrize(
    ("level", "title", "design"),
    [
        ("randomized_trial", "Sleep", "randomized_trial"),
        ("cohort", "A prediction model of relapse", "prediction_model"),
        ("", "CBT for insomnia: a systematic review of randomized trials", "systematic_review"),
        ("narrative", "Sleep", ""),
    ],
)
def test_the_form_is_suggested_with_a_reason(level: str, title: str, design: str) -> None:
    found = suggest(FORMS.values(), level=level, because="", title=title)
    assert found.design == design
    assert found.because.endswith(".")
