"""Checks of the provider's papers: approvals and their dates, policies, people, records, declarations, the evaluation."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from perennial.core.approval.bodies import Rule, certificate_fields
from perennial.core.approval.evaluation import unasked_aspects, unasked_objectives
from perennial.core.approval.statement import statement_lacks
from perennial.core.approval.subject import Check, Fault, Subject, states
from perennial.core.courses import Declaration
from perennial.core.values.words import counted, day_in_words

FOR_GOOD = re.compile(r"\b(for good|forever|permanently|indefinitely)\b", re.IGNORECASE)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
REFUSES = re.compile(r"\b(refus\w*|declin\w* to|will not (say|declare|disclose)|prefers? not to)\b", re.IGNORECASE)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no such day {months} months before {day}")


def _approval(subject: Subject, _: Rule) -> Iterator[Fault]:
    if subject.provider is None:
        return
    where, held = f"provider.approvals ({subject.body.slug})", subject.provider.approvals_of(subject.body.slug)
    if not held:
        yield Fault(where, "no approval of this body is on record", "Record it with its number, statement and days, or leave the body out.")
    elif subject.on and not subject.held():
        begun = [each for each in held if each.starts <= subject.on]
        if begun and begun[-1].ends:
            said = f"ended: {day_in_words(begun[-1].ends - timedelta(days=1))} was its last day"
        else:
            said = f"has not begun: it starts on {day_in_words(held[0].starts)}"
        yield Fault(where, f"the approval {said}", "Record the renewal, or do not offer the course under this body on that day.")


def _approval_ends_soon(subject: Subject, rule: Rule) -> Iterator[Fault]:
    held = subject.held()
    if held and held.ends and subject.on and held.ends - subject.on <= timedelta(days=int(rule.value)):
        following = subject.provider is not None and any(each.starts == held.ends for each in subject.provider.approvals_of(held.body))
        if not following:
            last = day_in_words(held.ends - timedelta(days=1))
            yield Fault(f"provider.approvals ({held.body})", f"{last} is its last day", "Ask for renewal now, and record it when it comes.")


def _statement(subject: Subject, rule: Rule) -> Iterator[Fault]:
    held = subject.held()
    if subject.provider is None or held is None:
        return
    if lack := statement_lacks(rule, held, subject.provider.name, subject.body):
        yield Fault(f"provider.approvals ({held.body}).statement", lack, "Type it again from the body's own words, and look at its record.")


def _policy(key: str, what: str, mend: str) -> Check:
    """A check that the provider's record holds a text under `key`."""

    def check(subject: Subject, _: Rule) -> Iterator[Fault]:
        if subject.provider is not None and not getattr(subject.provider, key).strip():
            yield Fault(f"provider.{key}", what, mend)

    return check


_accommodation = _policy("accommodation", "nothing tells how to ask for accommodation", "Say whom to ask, how, and how soon they answer.")
_grievance = _policy("grievance", "nothing tells how to complain", "Say where a complaint goes, who decides, and how soon.")
_refund_text = _policy("refund", "nothing tells what is refunded", "Say until when, how much, and how to ask.")


def _refund(subject: Subject, rule: Rule) -> Iterator[Fault]:
    if not subject.course.free:
        yield from _refund_text(subject, rule)


def _records(subject: Subject, rule: Rule) -> Iterator[Fault]:
    if subject.provider is None:
        return
    text, least = subject.provider.records.casefold(), int(rule.value)
    told = [int(each) for each in re.findall(r"(\d+)[ -]years?\b", text)]
    told += [number for word, number in NUMBERS.items() if re.search(rf"\b{word}[ -]years?\b", text)]
    if not FOR_GOOD.search(text) and not any(years >= least for years in told):
        said = f"says {counted(max(told), 'year')}" if told else "nothing tells how long records are kept"
        yield Fault("provider.records", said, f"Keep them {counted(least, 'year')} or longer, and say so.")


def _administrators(subject: Subject, rule: Rule) -> Iterator[Fault]:
    if subject.provider is not None and not any(states(each.qualifications, rule.words) for each in subject.provider.administrators):
        what = f"no administrator's qualifications name one of: {', '.join(rule.words)}"
        yield Fault("provider.administrators", what, "Name who runs the program and what qualifies them, if it is so.")


def _declarations(subject: Subject, rule: Rule) -> Iterator[Fault]:
    """Every author has declared, in the months before the day; an old or refused declaration counts for nobody."""
    if subject.provider is None:
        return
    given: dict[str, list[Declaration]] = {}
    for declaration in subject.course.declarations:
        given.setdefault(_name(declaration.name), []).append(declaration)
    needed = {_name(author.name): author.name for author in subject.course.authors}
    for key, name in {**{key: each[0].name for key, each in given.items()}, **needed}.items():
        if said := _undeclared(given.get(key, []), subject.on, int(rule.value)):
            yield Fault(f"declarations ({name})", f"{name} {said}", "Ask for a declaration of the 24 months before, and record its day.")


def _undeclared(given: list[Declaration], on: date | None, months: int) -> str:
    """What is wrong with the newest of a person's declarations; empty where nothing is."""
    if not given:
        return "has declared nothing"
    last = max(given, key=lambda each: each.on)
    if not last.says.strip() or REFUSES.search(last.says):
        return "did not declare; whoever refuses cannot take part"
    if on and last.on > on:
        return f"declared on a day that is still to come, {day_in_words(last.on)}"
    if on and last.on < months_before(on, months):
        return f"declared more than {counted(months, 'month')} ago, on {day_in_words(last.on)}"
    return ""


def _name(name: str) -> str:
    """A name without the degrees after it, to be compared."""
    return " ".join(name.partition(",")[0].split()).casefold()


def _certificate(subject: Subject, _: Rule) -> Iterator[Fault]:
    """Fields of the certificate that this body asks for by name and that would stay empty."""
    if subject.provider is None:
        return
    held, course = subject.held(), subject.course
    there = {
        "provider_name": bool(subject.provider.name),
        "provider_address": bool(subject.provider.address),
        "provider_number": held is None or bool(held.number),
        "course_title": bool(course.title),
        "delivery_format": bool(course.format),
        "instructor": bool(course.authors),
    }
    for field in certificate_fields():
        if not there.get(field.key, True) and any(asked.by.startswith(subject.body.slug) for asked in field.asked):
            yield Fault(f"provider ({field.key})", f"the certificate would lack: {field.title}", "Record it.")


def _evaluation_objectives(subject: Subject, _: Rule) -> Iterator[Fault]:
    if missing := unasked_objectives(subject.course, subject.provider):
        what = f"the evaluation does not ask, on a scale, about {', '.join(missing)}"
        yield Fault("evaluation", what, "Ask of each objective on a scale whether it was met, or use this site's form.")


def _evaluation_questions(subject: Subject, rule: Rule) -> Iterator[Fault]:
    if missing := unasked_aspects(subject.course, subject.provider, rule.words):
        yield Fault("evaluation", f"the evaluation does not ask about: {', '.join(missing)}", "Ask, or use this site's form.")


PAPER_CHECKS: Mapping[str, Check] = {
    "accommodation": _accommodation,
    "administrators": _administrators,
    "approval": _approval,
    "approval_ends_soon": _approval_ends_soon,
    "certificate": _certificate,
    "declarations": _declarations,
    "evaluation_objectives": _evaluation_objectives,
    "evaluation_questions": _evaluation_questions,
    "grievance": _grievance,
    "records": _records,
    "refund": _refund,
    "statement": _statement,
}
