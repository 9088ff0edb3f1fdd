"""Whether a credit would count: the verdict, what decides, and that nothing is promised where readings disagree."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from perennial.core.rules import Credit, Rule, Standing
from perennial.core.rules.audit import DatedApproval
from perennial.core.rules.builders import figure, make_credit, make_license, make_rule, make_standing
from perennial.core.rules.would_count import WouldCount, would_count

TOTAL = {"total": {"at_least": [figure(30)]}}
ETHICS = {**TOTAL, "ethics": {"topics": ["ethics"], "at_least": [figure(3)]}}
EXCLUSIVE = {"accepted": ["APA", "NBCC_ACEP"], "exclusive": True, "source": "list"}
HOME = {"home": {"name": "Self-study", "formats": ["self_study"], "at_most": [figure(10)]}}
SOURCES = {
    name: {"cite": f"1 Ex. Code {number}", "url": f"https://example.org/{number}", "kind": "regulation"}
    for number, name in enumerate(("code", "list", "window", "counting"), 1)
}
DAY = date(2025, 3, 1)


def rule(**tables: object) -> Rule:
    return make_rule(**{"sources": SOURCES, **tables})


def decided(found: WouldCount) -> tuple[str, str, str | None]:
    """The verdict, the kind of what decides, and the citation."""
    assert found.decider is not None
    return found.verdict, found.decider.kind, found.decider.source.cite if found.decider.source else None


def asked(rule: Rule, credit: Credit, *have: Credit, dates: Sequence[DatedApproval] = (), **changes: object) -> WouldCount:
    return would_count(rule, make_standing(*have, **changes), credit, dates)


def test_a_credit_that_serves_counts_whole_and_the_topic_that_lacked_it_decides() -> None:
    found = asked(rule(requirements=ETHICS), make_credit(6, topics={"ethics": 2}))
    assert decided(found) == ("yes", "line", "1 Ex. Code 1")
    assert found.decider is not None
    assert (found.decider.requirement, found.because) == ("ethics", "All 6 CE hours count.")
    assert found.helps == "It takes off what is missing: 6 h of Hours in all and 2 h of ethics."
    assert (found.counted, found.of, found.certain) == (Decimal(6), Decimal(6), True)
    assert found.serves == (("ethics", Decimal(2)),)


def test_a_credit_counts_although_nothing_is_missing() -> None:
    found = asked(make_rule(), make_credit(1), make_credit(30))
    assert (found.verdict, found.because) == ("yes", "Its CE hour counts.")
    assert found.helps == "Nothing is missing before it, so it is not needed."


def test_hours_over_a_limit_do_not_count_and_the_limit_decides() -> None:
    limited = rule(limits=HOME)
    found = asked(limited, make_credit(6, format="self_study"), make_credit(8, format="self_study"))
    assert decided(found) == ("partly", "limit", "1 Ex. Code 1")
    assert (found.counted, found.because) == (Decimal(2), "2 of 6 CE hours count. Over the limit on Self-study (at most 10 CE hours).")
    full = asked(limited, make_credit(6, format="self_study"), make_credit(10, format="self_study"))
    assert decided(full)[:2] == ("no", "limit")


def test_of_two_limits_the_one_that_keeps_hours_out_decides() -> None:
    wide = {"apart": {"name": "Not live", "formats": ["self_study", "asynchronous"], "at_most": [figure(12)]}}
    limited = rule(limits=wide | HOME)
    assert asked(limited, make_credit(6, format="self_study"), make_credit(9, format="self_study")).because.endswith("10 CE hours).")
    found = asked(limited, make_credit(6, format="self_study"), make_credit(9, format="asynchronous"))
    assert found.because == "3 of 6 CE hours count. Over the limit on Not live (at most 12 CE hours)."


def test_a_topic_may_still_need_hours_that_add_nothing_to_the_whole() -> None:
    found = asked(rule(requirements=ETHICS, limits=HOME), make_credit(3, format="self_study", topics={"ethics": 3}), home(12))
    assert decided(found)[:2] == ("partly", "limit")
    assert found.because.startswith("It adds nothing to the hours in all; 3 of 3 CE hours serve ethics. Over the limit on Self-study")


def home(hours: float) -> Credit:
    return make_credit(hours, format="self_study")


def test_an_approver_outside_an_exclusive_list_does_not_count_and_the_list_is_cited() -> None:
    found = asked(rule(approvals=EXCLUSIVE), make_credit(6, approvals=("A guild",)))
    assert decided(found) == ("no", "approval", "1 Ex. Code 2")
    assert found.because.endswith("Named: A guild.")


def test_an_approver_that_the_rule_does_not_name_is_not_known() -> None:
    found = asked(rule(approvals={"accepted": ["APA"], "source": "list"}), make_credit(6, approvals=("A guild",)))
    assert decided(found) == ("not_known", "approval", "1 Ex. Code 2")
    assert (found.as_read, found.doubt) == ("yes", "Its approver is not one that the rule names: A guild.")
    assert asked(make_rule(approvals={"accepted": ["ANY"]}), make_credit(6, approvals=("A guild",))).certain


def test_whose_approval_counts_may_not_have_been_read() -> None:
    found = asked(make_rule(approvals={}), make_credit(6))
    assert (found.verdict, found.as_read) == ("not_known", "yes")
    assert "was not read" in found.doubt


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([DatedApproval("APA", None, date(2025, 2, 28))], "that of APA lapsed on 28 February 2025."),
        ([DatedApproval("APA", date(2025, 3, 2))], "that of APA begins only on 2 March 2025."),
    ],
    ids=["lapsed", "not begun"],
)
def test_an_approval_that_does_not_hold_on_the_day_decides_and_is_named(dates: list[DatedApproval], words: str) -> None:
    strict = asked(rule(approvals=EXCLUSIVE), make_credit(6), dates=dates)
    assert decided(strict) == ("no", "lapsed", "1 Ex. Code 2")
    assert strict.lapsed == f"On 1 March 2025 its approval does not hold: {words}"
    assert strict.because == f"{strict.lapsed} Without it, no approval that this board accepts is left."
    open_list = asked(rule(approvals={"accepted": ["APA"], "source": "list"}), make_credit(6), dates=dates)
    assert decided(open_list) == ("not_known", "lapsed", "1 Ex. Code 2")
    assert open_list.doubt == f"{open_list.lapsed} Without it, no approval that the rule names is left."
    unread = asked(make_rule(approvals={}), make_credit(6), dates=dates)
    assert decided(unread)[:2] == ("not_known", "lapsed")


@pytest.mark.parametrize(
    "dates",
    [
        [DatedApproval("APA", None, DAY)],
        [DatedApproval("APA", DAY)],
        [DatedApproval("APA", None, date(2024, 1, 1)), DatedApproval("APA", date(2024, 1, 2))],
        [DatedApproval("NBCC_ACEP", None, date(2024, 1, 1))],
    ],
    ids=["last day", "first day", "renewed", "not named by the course"],
)
def test_an_approval_that_holds_on_the_day_is_as_good_as_any(dates: list[DatedApproval]) -> None:
    found = asked(rule(approvals=EXCLUSIVE), make_credit(6), dates=dates)
    assert (found.verdict, found.lapsed, found.decider and found.decider.kind) == ("yes", "", "line")


def test_a_lapse_that_changes_nothing_is_told_and_does_not_decide() -> None:
    past = [DatedApproval("NBCC_ACEP", None, date(2024, 1, 1))]
    second = asked(rule(approvals=EXCLUSIVE), make_credit(6, approvals=("APA", "NBCC_ACEP")), dates=past)
    assert decided(second)[:2] == ("yes", "line")
    assert "lapsed on 1 January 2024" in second.lapsed
    stranger = make_credit(6, approvals=("A guild",))
    for approvals in (EXCLUSIVE, {"accepted": ["APA"], "source": "list"}):
        found = asked(rule(approvals=approvals), stranger, dates=[DatedApproval("A guild", None, date(2024, 1, 1))])
        assert decided(found)[1:] == ("approval", "1 Ex. Code 2")
        assert "A guild" in found.because + found.doubt


@pytest.mark.parametrize(("day", "words"), [(date(2024, 6, 30), "before 1 July 2024"), (date(2026, 7, 1), "after 30 June 2026")])
def test_outside_the_window_nothing_counts_and_the_window_is_cited(day: date, words: str) -> None:
    period = {"months": 24, "ends": "other", "says": "Two years.", "source": "window"}
    found = asked(rule(period=period), make_credit(6, date=day))
    assert decided(found) == ("no", "window", "1 Ex. Code 3")
    assert words in found.because


def test_the_last_and_the_first_day_of_the_window_count() -> None:
    for day in (date(2024, 7, 1), date(2026, 6, 30)):
        assert asked(make_rule(), make_credit(6, date=day), as_of=date(2024, 8, 1)).verdict == "yes"


REPEATS = {"repeats": "once_per_period", "source": "counting", "says": "Once in a period."}


def test_a_course_taken_again_does_not_count_and_the_rule_on_repeats_is_cited() -> None:
    had = make_credit(6, course="grief", date=date(2025, 1, 1))
    found = asked(rule(counting=REPEATS), make_credit(6, course="grief"), had)
    assert decided(found) == ("no", "repeat", "1 Ex. Code 4")


def test_a_longer_retaking_adds_what_it_is_longer_by() -> None:
    had = make_credit(4, course="grief", date=date(2025, 1, 1))
    found = asked(rule(counting=REPEATS), make_credit(6, course="grief"), had)
    assert decided(found) == ("partly", "repeat", "1 Ex. Code 4")
    assert found.counted == 2
    assert found.because.startswith("2 of 6 CE hours count. The same course already counts")
    assert found.because.endswith("takes the place of the 4 CE hours that count now.")


def test_a_longer_retaking_may_leave_fewer_hours_than_before() -> None:
    had = make_credit(8, course="grief", date=date(2025, 1, 1))
    found = asked(rule(counting=REPEATS, limits=HOME), replace(home(9), course="grief", title="Grief"), had, home(9))
    assert decided(found)[:2] == ("no", "repeat")
    assert found.because.endswith("and fewer would count.")
    assert "adds to what is missing: 7 h of Hours in all" in found.helps


def test_what_is_entered_already_does_not_count_twice() -> None:
    had = make_credit(6, title="Grief", course="grief")
    for again in (replace(had, id="x", title=" grief", course=None), replace(had, id="x", hours=Decimal(7))):
        assert decided(asked(make_rule(), again, had))[:2] == ("no", "twin")
    assert asked(make_rule(), replace(had, date=date(2025, 4, 1)), had).verdict == "yes"


def test_kinds_and_lengths_that_a_board_does_not_count_are_cited() -> None:
    kinds = rule(counting={"excluded": [{"formats": ["reading"]}], "source": "counting"})
    assert decided(asked(kinds, make_credit(6, format="reading"))) == ("no", "excluded", "1 Ex. Code 4")
    lengths = rule(counting={"least_hours": 1, "step_hours": 0.5, "source": "counting"})
    assert decided(asked(lengths, make_credit(0.5))) == ("no", "length", "1 Ex. Code 4")
    stepped = asked(lengths, make_credit(1.75))
    assert decided(stepped) == ("partly", "length", "1 Ex. Code 4")
    assert stepped.because == "1.5 of 1.75 CE hours count. This board counts in steps of 0.5 CE hours."


def test_hours_on_top_of_the_total_count_there() -> None:
    apart = rule(requirements={**TOTAL, "law": {"topics": ["law"], "at_least": [figure(2)], "counts_toward_total": False}})
    found = asked(apart, make_credit(6, topics={"law": 2}))
    assert (found.verdict, found.helps) == ("yes", "It takes off what is missing: 4 h of Hours in all and 2 h of law.")


def test_a_line_that_asks_only_for_completion_is_done_by_it() -> None:
    once = rule(requirements={**TOTAL, "law": {"topics": ["law"], "at_least": [figure(None)]}})
    assert "law is done" in asked(once, make_credit(2, topics={"law": 2})).helps


def test_a_list_without_hours_in_all_takes_only_what_it_names() -> None:
    listed = rule(requirements={"ethics": {"topics": ["ethics"], "at_least": [figure(3)]}})
    part = asked(listed, make_credit(6, topics={"ethics": 2}))
    assert (part.verdict, part.because) == ("partly", "2 of 6 CE hours count. No line of this rule asks for the rest.")
    none = asked(listed, make_credit(6))
    assert (none.verdict, none.because) == ("no", "No line of this rule asks for it.")


OVER = "Whether surplus hours carry over from the period before was not read."


def test_surplus_of_the_period_before_counts_where_it_carries_over() -> None:
    early, had = date(2024, 6, 1), make_credit(30, date=date(2024, 5, 1))
    carries = rule(carry_over={"at_most": [figure(10)], "says": "Ten carry."})
    found = asked(carries, make_credit(12, date=early), had)
    assert (found.verdict, found.counted) == ("partly", Decimal(10))
    assert found.because == "10 of 12 CE hours count, carried over from the period before."
    unread = asked(rule(carry_over={"unknown": True}), make_credit(12, date=early), had)
    assert (unread.verdict, unread.as_read, unread.doubt) == ("not_known", "no", OVER)


def test_a_limit_that_was_not_read_leaves_it_open_and_the_point_is_named() -> None:
    ask, read = "Is distance learning capped?", "No cap is applied."
    capped = rule(open={"distance": {"ask": ask, "read": read, "could": [{"cap": {"formats": ["self_study"]}, "cap_hours": 5}]}})
    found = asked(capped, home(6))
    assert (found.verdict, found.as_read, found.decider and found.decider.kind) == ("not_known", "yes", "open")
    assert found.doubt == f"{ask} {read}"
    assert asked(capped, home(5)).certain
    assert asked(capped, make_credit(6)).certain


def test_where_only_the_hours_are_in_doubt_the_verdict_stays_and_says_so() -> None:
    point = {"ask": "Is it 8?", "read": "10.", "could": [{"figure": "home", "lowest": 8, "highest": 10}]}
    found = asked(rule(limits=HOME, open={"limit": point}), home(12))
    assert (found.verdict, found.counted, found.certain, found.doubt) == ("partly", Decimal(10), False, "Is it 8? 10.")
    assert found.decider is not None
    assert found.decider.kind == "limit"


def test_a_rule_of_which_the_text_in_force_was_not_read_promises_nothing() -> None:
    point = {"ask": "Which rule is in force?", "read": "The old one.", "could": [{"anything": True}]}
    assert (asked(rule(open={"all": point}), make_credit(6)).verdict, asked(make_rule(), make_credit(6)).verdict) == ("not_known", "yes")


def test_what_the_license_lacks_is_asked_for() -> None:
    by_birth = rule(window={"closes": "birth_month", "says": "Ends with the birth month.", "source": "window"})
    found = asked(by_birth, make_credit(6), license=make_license(birth_date=None))
    assert decided(found) == ("not_known", "needs", "1 Ex. Code 3")
    assert (found.as_read, "the month of birth" in found.because) == (None, True)
    unread = rule(period={"ends": "other", "says": "Not read.", "source": "window"})
    assert decided(asked(unread, make_credit(6))) == ("not_known", "open", "1 Ex. Code 3")


def test_credits_that_may_not_count_leave_open_whether_they_fill_a_limit() -> None:
    stranger = make_credit(10, format="self_study", approvals=("A guild",))
    found = asked(rule(limits=HOME), home(6), stranger)
    assert (found.verdict, found.as_read) == ("not_known", "no")
    assert "fill a limit" in found.doubt


def test_the_record_is_judged_on_the_day_on_which_the_credit_is_completed() -> None:
    standing: Standing = make_standing(make_credit(3), as_of=date(2025, 1, 1))
    assert would_count(make_rule(), standing, make_credit(6, date=date(2026, 1, 1))).verdict == "yes"


def test_what_a_person_has_not_answered_is_taken_both_ways() -> None:
    most = {"home": {"formats": ["self_study"], "at_most": [figure(10), figure(20, applies_to=["supervisor"])]}}
    limited, open_ = rule(limits=most), frozenset({"supervisor"})
    found = asked(limited, home(15), unanswered=open_)
    assert decided(found) == ("not_known", "question", "1 Ex. Code 1")
    assert "supervisor" in found.because
    assert asked(limited, home(8), unanswered=open_).verdict == "yes"
    assert asked(limited, home(15), attributes=open_).verdict == "yes"


def test_hours_are_not_called_needless_while_it_is_open_whether_a_line_is_asked() -> None:
    lines = {**TOTAL, "supervision": {"topics": ["supervision"], "at_least": [figure(3, applies_to=["supervisor"])]}}
    asking, credit, have = rule(requirements=lines), make_credit(3, topics={"supervision": 3}), make_credit(30)
    found = asked(asking, credit, have, unanswered=frozenset({"supervisor"}))
    assert (found.verdict, found.counted, found.serves) == ("yes", Decimal(3), ())
    assert found.helps.startswith("What it takes off what is missing hangs on what you have not answered: ")
    assert asked(asking, credit, have).helps == "Nothing is missing before it, so it is not needed."
    assert asked(asking, credit, have, attributes=frozenset({"supervisor"})).helps.startswith("It takes off what is missing: 3 h of ")


def test_the_worked_example_of_the_algorithm() -> None:
    strict = rule(requirements=ETHICS, limits=HOME, counting=REPEATS, approvals={"accepted": ["APA"], "exclusive": True, "source": "list"})
    record = (home(8), make_credit(4, title="Grief", course="grief"), make_credit(8))

    def told(credit: Credit, *more: Credit, dates: Sequence[DatedApproval] = ()) -> tuple[str, Decimal, str]:
        found = asked(strict, replace(credit, date=date(2025, 5, 5)) if credit.date == DAY else credit, *record, *more, dates=dates)
        assert found.decider is not None
        return found.verdict, found.counted, found.decider.kind

    assert told(make_credit(6, topics={"ethics": 2})) == ("yes", Decimal(6), "line")
    assert told(home(6)) == ("partly", Decimal(2), "limit")
    assert told(make_credit(6, format="self_study", topics={"ethics": 3}), home(2)) == ("partly", Decimal(3), "limit")
    assert told(make_credit(6, course="grief")) == ("partly", Decimal(2), "repeat")
    assert told(make_credit(6), dates=[DatedApproval("APA", None, date(2025, 5, 4))]) == ("no", Decimal(0), "lapsed")
    assert told(make_credit(6, approvals=("A guild",))) == ("no", Decimal(0), "approval")
    assert told(make_credit(6, date=date(2026, 7, 1))) == ("no", Decimal(0), "window")
