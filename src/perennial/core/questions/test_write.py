"""Writing and reading back: the same items for all that a format holds, and a true word on what it cannot."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perennial.core.courses import Item, Numeric, Option, Pair
from perennial.core.questions import WRITTEN, read_questions, write_questions

SIGNS = "abz 09 ~=#{}:\\\"'<>&;,.()[]%-_*`$|é漢\n"
WORDS = st.text(SIGNS, min_size=1, max_size=24).map(
    lambda text: "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
)
TEXTS = WORDS.filter(bool)
BLANK = st.one_of(st.just(""), TEXTS)


def unlike(texts: list[str]) -> bool:
    return len({text.casefold() for text in texts}) == len(texts) and sorted(text.casefold() for text in texts) != ["false", "true"]


@st.composite
def choices(draw: st.DrawFn) -> Item:
    texts = draw(st.lists(TEXTS, min_size=2, max_size=5).filter(unlike))
    kind = draw(st.sampled_from(["single", "multiple"]))
    right = draw(st.integers(0, len(texts) - 1))
    options = tuple(
        Option(text, place == right or (kind == "multiple" and draw(st.booleans())), draw(BLANK)) for place, text in enumerate(texts)
    )
    return Item("q", kind, "", "", draw(TEXTS), options)


TRUTHS = st.builds(
    lambda stem, first, second, right: Item(
        "q", "true_false", "", "", stem, (Option("True", right, first), Option("False", not right, second))
    ),
    TEXTS, BLANK, BLANK, st.booleans(),
)  # fmt: skip
MATCHES = st.builds(
    lambda stem, lefts, rights, extra, why: Item(
        "q", "matching", "", "", stem, rationale=why,
        pairs=(*map(Pair, lefts, rights), *([Pair("", extra)] if extra not in rights else [])),
    ),
    TEXTS, st.lists(TEXTS, min_size=2, max_size=4).filter(unlike), st.lists(TEXTS, min_size=4, max_size=4), TEXTS, BLANK,
)  # fmt: skip
NUMBERS = st.builds(
    lambda stem, value, around, unit, why: Item("q", "numeric", "", "", stem, numeric=Numeric(value, abs(around), unit), rationale=why),
    TEXTS, st.decimals(-9999, 9999, places=3), st.decimals(0, 99, places=2), st.sampled_from(["", "mg", "points"]), BLANK,
)  # fmt: skip
ORDERS = st.builds(
    lambda stem, steps, why: Item("q", "ordering", "", "", stem, steps=tuple(steps), rationale=why),
    TEXTS, st.lists(TEXTS, min_size=2, max_size=5).filter(unlike), BLANK,
)  # fmt: skip
REFLECTIONS = st.builds(
    lambda stem, why, first: Item("q", "reflection", "", "", stem, rationale=why, pretest=first), TEXTS, BLANK, st.booleans()
)
ITEMS = st.lists(st.one_of(choices(), TRUTHS, MATCHES, NUMBERS, ORDERS, REFLECTIONS), min_size=1, max_size=4).map(
    lambda items: [replace(item, id=f"q{place}", objective=f"o{place}", section="01-a.md") for place, item in enumerate(items)]
)


@pytest.mark.parametrize("format", list(WRITTEN))
@given(items=ITEMS)
@settings(max_examples=25, deadline=None)
def test_what_is_written_reads_back_the_same_or_the_report_says_so(format: str, items: list[Item]) -> None:
    form = WRITTEN[format]
    written = write_questions(items, format)
    back = {item.id: item for item in read_questions(written.data, f"q{form.suffix}").items}
    for item, line in zip(items, written.report.lines, strict=True):
        assert line.item == item.id
        assert (line.state == "taken") == (back.get(item.id) == item)
        assert (line.state == "refused") == (item.kind not in form.kinds)


def sure(kind: str) -> Item:
    """A plain item of a kind, with all that its kind carries."""
    plain = Item(f"q-{kind}", kind, "o1", "01-a.md", "What is {it}?\nSay.")
    said = replace(plain, rationale="So: a good answer names 50% = half.")
    return {
        "single": replace(plain, options=(Option("One", True, "Yes: 50% = half"), Option("Two", False, "No"))),
        "multiple": replace(plain, options=(Option("One", True, "Yes"), Option("Two", True, ""), Option("Three", False, "No"))),
        "true_false": replace(plain, options=(Option("True", False, "No"), Option("False", True, "Yes"))),
        "matching": replace(said, pairs=(Pair("a", "x"), Pair("b", "x"), Pair("", "z"))),
        "ordering": replace(said, steps=("second", "first", "third")),
        "numeric": replace(said, numeric=Numeric(Decimal("61.9"), Decimal("0.1"), "minutes")),
        "reflection": said,
    }[kind]


@pytest.mark.parametrize(("format", "kind"), [(name, kind) for name, form in WRITTEN.items() for kind in form.kinds])
def test_every_kind_that_a_format_has_comes_back_whole(format: str, kind: str) -> None:
    assert [line.state for line in write_questions([sure(kind)], format).report.lines] == ["taken"]


def test_a_kind_that_a_format_has_not_is_refused_with_its_name() -> None:
    line = write_questions([sure("ordering")], "gift").report.lines[0]
    assert (line.state, line.what) == ("refused", "GIFT has no such kind of question (ordering)")
