"""QTI 2 and 3: one reader for both spellings, and what is answered in other ways refused by name."""

from decimal import Decimal

import pytest

from perennial.core.courses import Option, Pair
from perennial.core.questions.builders import read, said

TWO = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2"'
THREE = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'


def item(body: str, declarations: str = "", processing: str = "", attributes: str = "") -> str:
    """An item of version 2.2."""
    return (
        f'<?xml version="1.0"?><assessmentItem {TWO} identifier="it-1" title="An item" adaptive="false" timeDependent="false" {attributes}>'
        f"{declarations}<itemBody>{body}</itemBody>{processing}</assessmentItem>"
    )


def key(*values: str, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    right = "".join(f"<value>{value}</value>" for value in values)
    correct = f"<correctResponse>{right}</correctResponse>" if values else ""
    return f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">{correct}{mapping}</responseDeclaration>'


CHOICE = (
    '<p>Read:</p><choiceInteraction responseIdentifier="R" maxChoices="{most}"><prompt>Which <em>one</em>?</prompt>'
    '<simpleChoice identifier="A">Ask<feedbackInline identifier="A" outcomeIdentifier="F">Yes.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="B">Tell</simpleChoice></choiceInteraction>'
)


def test_a_choice_is_read_alike_in_both_versions() -> None:
    third = (
        f'<qti-assessment-item {THREE} identifier="it-1" title="An item" adaptive="false" time-dependent="false">'
        '<qti-response-declaration identifier="R" cardinality="single" base-type="identifier"><qti-correct-response>'
        "<qti-value>A</qti-value></qti-correct-response></qti-response-declaration><qti-item-body><p>Read:</p>"
        '<qti-choice-interaction response-identifier="R" max-choices="1"><qti-prompt>Which <em>one</em>?</qti-prompt>'
        '<qti-simple-choice identifier="A">Ask<!-- c -->'
        '<qti-feedback-inline identifier="A" outcome-identifier="F">Yes.</qti-feedback-inline>'
        '</qti-simple-choice><qti-simple-choice identifier="B">Tell</qti-simple-choice></qti-choice-interaction></qti-item-body>'
        "</qti-assessment-item>"
    )
    second = read(item(CHOICE.format(most=1), key("A")), "i.xml")
    assert second.items == read(third, "i.xml").items
    assert second.items[0].stem == "Read:\n\nWhich one?"
    assert second.items[0].options == (Option("Ask", True, "Yes."), Option("Tell", False, ""))
    assert said(second) == ["i.xml: lost bold or italic text"]


def test_marks_by_value_say_what_is_right() -> None:
    mapping = '<mapping><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="-1"/></mapping>'
    taken = read(item(CHOICE.format(most=0), key(cardinality="multiple", mapping=mapping)))
    assert (taken.items[0].kind, [option.correct for option in taken.items[0].options]) == ("multiple", [True, False])


def test_order_match_numbers_and_essays_are_read() -> None:
    order = read(
        item(
            '<orderInteraction responseIdentifier="R"><simpleChoice identifier="A">one</simpleChoice>'
            '<simpleChoice identifier="B">two</simpleChoice><prompt>Order.</prompt></orderInteraction>',
            key("B", "A", cardinality="ordered"),
        )
    ).items[0]
    assert (order.stem, order.steps) == ("Order.", ("two", "one"))
    sides = "<simpleMatchSet>{}</simpleMatchSet><simpleMatchSet>{}</simpleMatchSet>".format(
        *(
            "".join(f'<simpleAssociableChoice identifier="{n}" matchMax="1">{n.lower()}</simpleAssociableChoice>' for n in side)
            for side in ("AB", "XYZ")
        )
    )
    body = f'<p>Match.</p><matchInteraction responseIdentifier="R">{sides}</matchInteraction>'
    pairs = read(item(body, key("A Y", "B X", cardinality="multiple", base="directedPair"))).items[0].pairs
    assert pairs == (Pair("a", "y"), Pair("b", "x"), Pair("", "z"))
    equal = '<responseProcessing><equal toleranceMode="absolute" tolerance="0.1 0.1"/></responseProcessing>'
    number = read(item('<p>How many? <textEntryInteraction responseIdentifier="R"/> mg</p>', key("2.5", base="float"), equal)).items[0]
    assert number.numeric is not None
    assert (number.stem, number.numeric.value, number.numeric.tolerance) == ("How many? _____ mg", Decimal("2.5"), Decimal("0.1"))
    essay = read(
        item(
            '<p>Say why.</p><extendedTextInteraction responseIdentifier="R"/><rubricBlock view="scorer">Two marks</rubricBlock>',
            key(base="string"),
        )
    )
    assert (essay.items[0].kind, essay.items[0].stem) == ("reflection", "Say why.")


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<hotspotInteraction responseIdentifier="R"/>', "is answered on a picture (hotspot-interaction)"),
        ('<uploadInteraction responseIdentifier="R"/>', "is answered with a file (upload-interaction)"),
        ('<teleportInteraction responseIdentifier="R"/>', "is answered in a way that there is not here (teleport-interaction)"),
        (
            '<p><inlineChoiceInteraction responseIdentifier="R"/><inlineChoiceInteraction responseIdentifier="S"/></p>',
            "has 2 answers to give",
        ),
        ("<p>Only words</p>", "has nothing to answer"),
    ],
)
def test_other_ways_to_answer_are_refused_by_name(body: str, what: str) -> None:
    taken = read(item(body), "i.xml")
    assert taken.items == ()
    assert what in said(taken, "refused")[0]


def test_items_that_change_or_draw_are_refused() -> None:
    assert "(adaptive)" in said(read(item(CHOICE, key("A"), attributes="").replace('adaptive="false"', 'adaptive="true"')))[0]
    assert (
        "(template)"
        in said(read(item(CHOICE, f'{key("A")}<templateDeclaration identifier="T" cardinality="single" baseType="float"/>')))[0]
    )


@pytest.mark.parametrize(("good", "bad"), [("1", "-1e30"), ("1", "-" + "9" * 20 + "e9"), ("1e-30", "-99999")])
def test_marks_beyond_all_measure_are_read(good: str, bad: str) -> None:
    mapping = f'<mapping><mapEntry mapKey="A" mappedValue="{good}"/><mapEntry mapKey="B" mappedValue="{bad}"/></mapping>'
    taken = read(item(CHOICE.format(most=1), key(mapping=mapping)))
    assert [option.correct for option in taken.items[0].options] == [True, False]


def test_a_number_that_only_takes_marks_off_is_no_key() -> None:
    mapping = '<mapping><mapEntry mapKey="3" mappedValue="-1"/><mapEntry mapKey="4" mappedValue="-2"/></mapping>'
    body = '<p>How many? <textEntryInteraction responseIdentifier="R"/></p>'
    assert "marks no number as right" in said(read(item(body, key(base="float", mapping=mapping))), "refused")[0]
