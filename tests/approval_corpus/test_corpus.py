"""What the check catches of courses with one thing wrong, and how often it blocks a course in order.

A broken course is caught where the fitting check finds it at the fitting place, and not in the course that it was made from.
"""

from perennial.core.approval import Finding, bodies, check_course
from tests.approval_corpus.broken import Broken, broken
from tests.approval_corpus.clean import clean
from tests.approval_corpus.making import DAY, Sample
from tests.approval_corpus.second import broken_second, clean_second


def findings(sample: Sample) -> list[Finding]:
    """What the library and the sample's body find on the day."""
    body = bodies()[sample.body]
    return [*check_course(sample.course, None, sample.provider, DAY), *check_course(sample.course, body, sample.provider, DAY)]


def caught(case: Broken) -> list[Finding]:
    """The fitting findings."""
    return [found for found in findings(case.sample) if found.check == case.check and found.where.startswith(case.where)]


def test_of_thirty_broken_courses_at_least_twenty_nine_are_caught_by_the_fitting_clause() -> None:
    cases = broken()
    missed = [case.name for case in cases if not caught(case)]
    assert len(cases) == 30
    assert len(missed) <= 1, missed


def test_of_twenty_clean_courses_at_most_one_is_blocked() -> None:
    samples = clean()
    blocked = {
        sample.name: [f"{found.check} {found.where}: {found.what}" for found in findings(sample) if found.severity == "block"]
        for sample in samples
    }
    alarms = {name: found for name, found in blocked.items() if found}
    assert len(samples) == 20
    assert len(alarms) <= 1, alarms


def test_the_clean_courses_do_not_have_what_the_broken_ones_are_caught_for() -> None:
    known = {sample.name: sample for sample in clean()}
    for case in broken():
        base = known[case.sample.name]
        before = [found for found in findings(base) if found.check == case.check and found.where.startswith(case.where)]
        assert not before, f"{case.name}: {before}"


def test_the_clean_courses_differ() -> None:
    samples = clean()
    shapes = {
        (s.body, s.course.credit.hours, s.course.credit.method, s.course.words, len(s.course.media), s.provider.evaluation) for s in samples
    }
    assert len(shapes) == 20
    assert len({s.body for s in samples}) == 10
    assert {s.course.credit.method for s in samples} == {"words_6000", "mergener", "running_time", "pilot"}


def test_the_second_set() -> None:
    missed = [case.name for case in broken_second() if not caught(case)]
    alarms = {
        sample.name: [f"{found.check} {found.where}: {found.what}" for found in findings(sample) if found.severity == "block"]
        for sample in clean_second()
    }
    assert (len(broken_second()), len(clean_second())) == (10, 10)
    assert not missed
    assert not {name: found for name, found in alarms.items() if found}
