"""GIFT as people write it, with the odd spellings that files of others have."""

from decimal import Decimal

import pytest

from perennial.core.courses import Option, Pair
from perennial.core.questions.builders import read, said


def test_each_kind_is_told_from_how_its_answers_are_written() -> None:
    taken = read(
        "// a comment\n$CATEGORY: top/Sleep\n\n"
        "::s1::Which comes first?{=Ask#It opens the talk. ~Advise#Too early. ~Refer}\n\n"
        "Choose two. {\n  ~%50%Sleep log\n  ~%50%Diary\n\n  ~%-100%X-ray\n}\n\n"
        "Naps lengthen the night.{F#Wrong: they shorten it.#Right.}\n\n"
        "Score for severe? {#15..21}\n\nHours asleep? {#=7:0.5#Yes ~#No}\n\n"
        "Match. {=Onset -> falling asleep =Maintenance -> staying asleep = -> waking late}\n\n"
        "What would you ask next? {####An open question.}\n"
    )
    assert [item.kind for item in taken.items] == ["single", "multiple", "true_false", "numeric", "numeric", "matching", "reflection"]
    single, multiple, truth, range_, number, matching, reflection = taken.items
    assert single.id == "s1"
    assert single.options == (Option("Ask", True, "It opens the talk."), Option("Advise", False, "Too early."), Option("Refer", False, ""))
    assert [option.correct for option in multiple.options] == [True, True, False]
    assert truth.options == (Option("True", False, "Wrong: they shorten it."), Option("False", True, "Right."))
    assert range_.numeric is not None
    assert (range_.numeric.value, range_.numeric.tolerance) == (Decimal(18), Decimal(3))
    assert number.numeric is not None
    assert (number.numeric.value, number.numeric.tolerance, number.rationale) == (Decimal(7), Decimal("0.5"), "Yes\nNo")
    assert matching.pairs == (Pair("Onset", "falling asleep"), Pair("Maintenance", "staying asleep"), Pair("", "waking late"))
    assert reflection.rationale == "An open question."
    assert said(taken) == [
        "questions.txt: gives part of the marks for part of the right answers",
        "line 2: names the category 'top/Sleep'",
    ]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        (r"What is 1 \= 1 \{a\} \: \# \~ \\ \x?{T}", r"What is 1 = 1 {a} : # ~ \ \x?"),
        (r"First\nsecond{T}", "First\nsecond"),
        ("Sleep is {=short ~long} here.", "Sleep is _____ here."),
        ("Value? {#3}.", "Value? _____."),
        ("{=a ~b} comes first", "_____ comes first"),
        ("[html]<p>One&nbsp;&amp; two</p><p>three</p>{T}", "One & two\n\nthree"),
        ("[plain]<p>One</p>{T}", "<p>One</p>"),
        ("Is List<String> a tag?{T}", "Is List<String> a tag?"),
        ("::a\\:b::Stem{T}", "Stem"),
        ("\n\n// c\n::n::\n[moodle]Stem <br> two{\nTRUE\n}", "Stem\n two".replace("\n ", "\n")),
    ],
)
def test_a_stem_reads_as_it_is_meant(text: str, stem: str) -> None:
    taken = read(text, format="gift")
    assert [item.stem for item in taken.items] == [stem]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Broken {=a ~b\n\nNext {T}", "line 1: a brace is opened and never closed"),
        ("Two {=a ~b} and {=c ~d}", "line 1: has several blocks of answers in one question"),
        ("How many? {#many}", "line 1: 'many' is not a number"),
        ("Choose {=a}", "line 1: is answered by typing words ('a'), which no question here marks"),
        ("Choose {~a ~b}", "line 1: marks no answer as right"),
        ("Choose {=a ~A}", "line 1: has 'A' twice among its answers"),
        ("Choose {=a ~%50%b}", "line 1: 'b' brought 50 % of the marks and counts as wrong here"),
        ("Choose {=a =b ~c}", "line 1: any one of 2 answers was right; here all of them must be chosen"),
        ("Just words.", "line 1: 'Just words.' has no answers in braces: it is a text, not a question"),
        ("[html]See <img src='@@PLUGINFILE@@/brain.png' alt='A brain'>{T}", "line 1: lost the picture brain.png"),
        ("[html]<b>Bold</b>{T}", "line 1: lost bold or italic text"),
        ("[html]<script>alert(1)</script>Say{T}", "line 1: lost active content, which is never taken"),
        ("// [tag:anxiety]\nSay{T}", "line 2: tags left out: anxiety"),
        ("Years? {#3 =four}", "line 1: 'four' is not a number"),
        ("Years? {=3 =three}", "line 1: no longer accepts 'three', only the number"),
    ],
)
def test_what_is_lost_or_refused_is_said_with_its_line(text: str, what: str) -> None:
    assert what in said(read(text, format="gift"))


def test_a_broken_question_does_not_swallow_the_next() -> None:
    taken = read("Broken {=a ~b\n\n::next::Whole {T}\n\nAlso whole {F}")
    assert [item.stem for item in taken.items] == ["Whole", "Also whole"]


def test_typed_words_become_reflections_only_where_the_person_says_so() -> None:
    text = "Name it. {=sleep#Yes =%50%rest}"
    assert read(text).items == ()
    taken = read(text, short_as_reflection=True)
    assert (taken.items[0].kind, taken.items[0].rationale) == ("reflection", "Accepted: sleep.\nYes")
    assert said(taken) == ["line 1: became a reflection, which is not scored; the file accepts 'sleep'"]
