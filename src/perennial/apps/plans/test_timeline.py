"""The drawing of a plan."""

from dataclasses import replace
from datetime import date

from perennial.apps.plans.builders import make_outcome
from perennial.apps.plans.timeline import LANE, timeline_of

TODAY = date(2026, 11, 25)


def test_the_drawing_says_every_course_and_every_last_day() -> None:
    line = timeline_of(make_outcome(), TODAY)
    assert line is not None
    assert "Ethics across state lines on 20 February 2027" in line.says
    assert "California LCSW is due on 30 June 2027" in line.says
    assert [band.words for band in line.bands] == ["Nov 2026", "Dec", "Jan 2027", "Feb", "Mar", "Apr", "May", "Jun"]


def test_courses_on_one_day_stand_in_lanes_of_their_own() -> None:
    outcome = make_outcome()
    many = replace(outcome, items=tuple(replace(outcome.items[0], id=f"own:{n}") for n in range(4)))
    line = timeline_of(many, TODAY)
    assert line is not None
    places = [leaf.y for leaf in line.leaves]
    assert places == [places[0] + LANE * n for n in range(4)]


def test_nothing_is_drawn_of_no_courses_or_of_too_many() -> None:
    outcome = make_outcome()
    assert timeline_of(replace(outcome, items=()), TODAY) is None
    assert timeline_of(replace(outcome, items=outcome.items * 20), TODAY) is None


def test_words_never_run_over_the_last_day_of_a_license() -> None:
    outcome = make_outcome()
    late = replace(outcome, items=(replace(outcome.items[0], on="2027-05-20", title="Ethics across state lines"),))
    ended = replace(late, judged=(*late.judged, replace(late.judged[0], due="2027-12-31")))
    line = timeline_of(ended, TODAY)
    assert line is not None
    assert line.leaves[0].x < line.ends[0].x
    assert line.leaves[0].anchor == "end"
