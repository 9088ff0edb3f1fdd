"""Moodle XML: each type that there is here, what it carries beside, and types that there are not."""

from decimal import Decimal

from perennial.core.courses import Option, Pair
from perennial.core.questions.builders import read, said


def quiz(*questions: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<quiz>{''.join(questions)}</quiz>"


def question(kind: str, inside: str, stem: str = "<p>Stem</p>") -> str:
    return (
        f'<question type="{kind}"><name><text>{kind} 1</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>{inside}</question>'
    )


def answer(text: str, fraction: str, feedback: str = "", inside: str = "") -> str:
    said = f"<feedback format='html'><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{said}{inside}</answer>'


def test_each_type_gives_its_kind() -> None:
    taken = read(
        quiz(
            question("multichoice", "<single>true</single>" + answer("A", "100", "Yes") + answer("B", "0", "No")),
            question("multichoice", "<single>false</single>" + answer("A", "50") + answer("B", "50") + answer("C", "-100")),
            question("truefalse", answer("true", "0", "Not so") + answer("false", "100")),
            question(
                "matching",
                "<subquestion format='html'><text>&lt;p&gt;frog&lt;/p&gt;</text><answer><text>amphibian</text></answer></subquestion>"
                "<subquestion><text>cat</text><answer><text>mammal</text></answer></subquestion>"
                "<subquestion><text></text><answer><text>insect</text></answer></subquestion>",
            ),
            question(
                "numerical",
                answer("5,5", "100", "Right", "<tolerance>0.5</tolerance>")
                + "<units><unit><multiplier>1</multiplier><unit_name>mg</unit_name></unit></units>",
            ),
            question("essay", "<graderinfo format='html'><text>Names two aims.</text></graderinfo>"),
            question("ordering", answer("first", "1") + answer("second", "1")),
        )
    )
    single, multiple, truth, matching, number, essay, ordering = taken.items
    assert single.options == (Option("A", True, "Yes"), Option("B", False, "No"))
    assert (multiple.kind, [option.correct for option in multiple.options]) == ("multiple", [True, True, False])
    assert (truth.kind, truth.options[0]) == ("true_false", Option("True", False, "Not so"))
    assert matching.pairs == (Pair("frog", "amphibian"), Pair("cat", "mammal"), Pair("", "insect"))
    assert number.numeric is not None
    assert (number.numeric.value, number.numeric.tolerance, number.numeric.unit) == (Decimal("5.5"), Decimal("0.5"), "mg")
    assert (essay.kind, essay.rationale) == ("reflection", "Names two aims.")
    assert ordering.steps == ("first", "second")


def test_what_is_left_out_is_said() -> None:
    extras = (
        "<defaultgrade>2.0000000</defaultgrade><penalty>0.3</penalty><hint format='html'><text>Think</text></hint>"
        "<correctfeedback><text>Yes</text></correctfeedback><tags><tag><text>sleep</text></tag></tags>"
        "<generalfeedback><text>Said to all</text></generalfeedback>"
    )
    pictures = '<p>Look: <img src="@@PLUGINFILE@@/a.png" alt="A scan"></p>'
    taken = read(
        quiz(question("multichoice", f"<single>true</single>{answer('A', '100')}{answer('B', '33.3')}{extras}", pictures)), "q.xml"
    )
    assert taken.items[0].stem == "Look: [A scan]"
    assert taken.items[0].options[0].rationale == "Said to all"
    assert [line.partition(": ")[2] for line in said(taken)] == [
        "sets penalties, shuffling or numbering",
        "its weight of 2 left out; every question counts alike",
        "hints between attempts left out",
        "texts for right, partly right and wrong answers as a whole left out",
        "'B' brought 33.3 % of the marks and counts as wrong here",
        "the comment for all answers stands beside the right one now",
        "tags left out: sleep",
        "lost the picture a.png",
    ]


def test_types_that_there_are_not_are_refused_by_name() -> None:
    taken = read(quiz(question("cloze", ""), question("calculated", ""), question("stack", ""), question("description", "")))
    assert taken.items == ()
    assert [line.split(": ", 1)[1] for line in said(taken)] == [
        "'cloze 1' has gaps in its text, each with answers of its own (cloze)",
        "'calculated 1' draws its numbers at random (calculated)",
        "'stack 1' is of a kind that there is none of here (stack)",
        "'description 1' is a text, not a question",
    ]


def test_old_files_and_bare_texts_are_read() -> None:
    taken = read(
        "<quiz><question type='truefalse'><questiontext>Old</questiontext><answer fraction='100'>true</answer>"
        "<answer fraction='0'>false</answer></question></quiz>"
    )
    assert (taken.items[0].stem, taken.items[0].kind) == ("Old", "true_false")
