"""Ways through a case."""

from perennial.core.courses import Case, Choice, Step
from perennial.core.courses.walking import LONGEST_WAY, endings, walk

CASE = Case(
    "c",
    "A case",
    "01-a.md",
    "o1",
    "door",
    (Step("door", "A knock.", (Choice("Open", "in", "Good."), Choice("Wait", "door", "Still."))), Step("in", "They come in.", ())),
)


def test_a_way_is_followed_and_stops_where_a_choice_is_not_there() -> None:
    found = walk(CASE, [1, 1, 0])
    assert [choice.text for _, choice in found.passed] == ["Wait", "Wait", "Open"]
    assert (found.here.id, found.at_end, found.seen) == ("in", True, frozenset({"door", "in"}))
    assert walk(CASE, [1, 7, 0]).way == (1,)
    assert walk(CASE, [0, 0]).way == (0,)
    assert endings(CASE) == {"in"}


def test_a_way_in_circles_comes_to_an_end() -> None:
    assert len(walk(CASE, [1] * 1000).way) == LONGEST_WAY
