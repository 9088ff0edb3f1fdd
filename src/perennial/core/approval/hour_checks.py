"""Checks of the hours that a course claims."""

from collections.abc import Iterator, Mapping

from perennial.core.approval.bodies import Body, Rule
from perennial.core.approval.hours import Ceu, Hours, Minutes
from perennial.core.approval.length import METHODS, RUNNING, Computed, computed_length, minutes_by_wrong_sign
from perennial.core.approval.rounding import granted, granted_units
from perennial.core.approval.subject import Check, Fault, Subject, plain
from perennial.core.courses import Course
from perennial.core.values.words import counted


def claimed_hours(course: Course) -> Hours:
    """The hours that the course claims, in its own length of hour."""
    return Hours(course.credit.hours, course.credit.minutes_per_hour)


def granted_credit(time: Minutes, body: Body) -> Hours | Ceu:
    """What the body gives for a time, in its own unit and under its rounding."""
    return granted_units(time, body.rounding) if body.unit == "ceu" else granted(time, body.minutes_per_hour, body.rounding)


def granted_hours(course: Course, body: Body, method: str) -> Hours:
    """What `method` gives for the course, in the body's hours and under its rounding; units of IACET as their contact hours."""
    return _in_hours(granted_credit(computed_length(course).by(method), body))


def credit_in_words(credit: Hours | Ceu) -> str:
    """Credit with its unit: "1.25 h", or "0.1 CEU" where the body counts in those."""
    return f"{plain(credit.amount)} {'CEU' if isinstance(credit, Ceu) else 'h'}"


def _in_hours(credit: Hours | Ceu) -> Hours:
    return credit.contact_hours if isinstance(credit, Ceu) else credit


def _right(time: Minutes, subject: Subject) -> Hours:
    """The most that may be claimed: in the body's hour, or in the course's own where that is longer."""
    body, own = subject.body, subject.course.credit.minutes_per_hour
    if body.unit == "hour" and own > body.minutes_per_hour:
        return granted(time, own, body.rounding)
    return _in_hours(granted_credit(time, body))


def _hours_claimed(subject: Subject, rule: Rule) -> Iterator[Fault]:
    course = subject.course
    method = course.credit.method if rule.method == "claimed" else rule.method
    length, claimed = computed_length(course), claimed_hours(course)
    right = _right(length.by(method), subject)
    if claimed.minutes > right.minutes:
        what = (
            f"claims {counted(claimed.amount, 'hour')} of {claimed.minutes_per_hour} minutes; "
            f"{_inputs(length, method)} by {METHODS[method]} give {length.by(method).amount:.1f} minutes, "
            f"which is {counted(right.amount, 'hour')} of {right.minutes_per_hour}"
        )
        if method == "mergener" and claimed.minutes <= _right(_by_wrong_sign(length), subject).minutes:
            what += "; the claim fits a formula with +22.3, a misprint in one sheet: the base is -22.3"
        mend = f"Claim at most {plain(right.amount)}" if right.amount else "It earns no credit as it stands: leave this body out"
        yield Fault("credit.hours", what, f"{mend}, or add what is worth {'reading' if method != 'pilot' else 'learning'}.")


def _inputs(length: Computed, method: str) -> str:
    """What a method counts, in words."""
    if method == "pilot":
        return counted(len(length.pilots), "reader")
    if method == "running_time":
        return "audio and video"
    return counted(length.words, "word") + (" and the running time of audio and video" if length.running.amount else "")


def _by_wrong_sign(length: Computed) -> Minutes:
    return minutes_by_wrong_sign(length.words, length.questions, length.difficulty) + length.running


def _hour_least(subject: Subject, rule: Rule) -> Iterator[Fault]:
    hours = subject.course.credit.hours
    if hours < rule.value:
        yield Fault("credit.hours", f"claims {counted(hours, 'hour')}", f"The least is {plain(rule.value)}; make the course longer.")


def _hour_step(subject: Subject, rule: Rule) -> Iterator[Fault]:
    hours = subject.course.credit.hours
    if hours % rule.value:
        below = hours // rule.value * rule.value
        yield Fault("credit.hours", f"claims {counted(hours, 'hour')}", f"Claim {plain(below)}: steps are {plain(rule.value)}.")


def _hour_length(subject: Subject, rule: Rule) -> Iterator[Fault]:
    minutes = subject.course.credit.minutes_per_hour
    if minutes < rule.value:
        what = f"counts hours of {minutes} minutes"
        yield Fault("credit.minutes_per_hour", what, f"Count hours of {plain(rule.value)} minutes for this body.")


def _over_credit(subject: Subject, rule: Rule) -> Iterator[Fault]:
    """The claim beside each other method whose inputs the course states."""
    length, claimed = computed_length(subject.course), claimed_hours(subject.course)
    for method in length.known:
        stated = method not in (length.claimed, "running_time") and (method != "mergener" or length.difficulty_is_stated)
        if stated and length.by(method).amount * rule.value < claimed.minutes.amount:
            what = f"claims {counted(claimed.minutes.amount, 'minute')}, and {METHODS[method]} gives {length.by(method).amount:.1f}"
            yield Fault("credit.hours", what, "Let readers try how long it takes, or claim less.")


def _over_credit_day(subject: Subject, rule: Rule) -> Iterator[Fault]:
    claimed = claimed_hours(subject.course)
    if claimed.minutes.amount > rule.value * 60:
        yield Fault("credit.hours", f"claims {counted(claimed.amount, 'hour')}", "Split it into courses that one can finish.")


def _media_minutes(subject: Subject, _: Rule) -> Iterator[Fault]:
    for media in subject.course.media:
        if media.kind in RUNNING and media.minutes is None:
            yield Fault(f"media ({media.file})", "its running time is not known", "Write its minutes.")


def _pilots(subject: Subject, rule: Rule) -> Iterator[Fault]:
    credit = subject.course.credit
    if credit.method == "pilot" and len(credit.pilots) < rule.value:
        timed = len(credit.pilots)
        yield Fault("credit.pilots", f"{timed} readers were timed", f"Time at least {plain(rule.value)}, unlike one another.")


def _method_rationale(subject: Subject, _: Rule) -> Iterator[Fault]:
    credit = subject.course.credit
    if credit.method == "pilot" and not credit.pilot_rationale.strip():
        yield Fault("credit.pilot_rationale", "nothing says who was timed, and how", "Say who read, and why they are like the learners.")


HOUR_CHECKS: Mapping[str, Check] = {
    "hour_least": _hour_least,
    "hour_length": _hour_length,
    "hour_step": _hour_step,
    "hours_claimed": _hours_claimed,
    "media_minutes": _media_minutes,
    "method_rationale": _method_rationale,
    "over_credit": _over_credit,
    "over_credit_day": _over_credit_day,
    "pilots": _pilots,
}
