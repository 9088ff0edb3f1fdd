"""Checks of what a course holds: test and questions, references, people, words, media."""

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING

from perennial.core.approval.bodies import Rule
from perennial.core.approval.subject import Check, Fault, Subject, mentions, plain, states
from perennial.core.courses import Course, Item
from perennial.core.values.words import counted

CHOSEN = ("single", "multiple", "true_false")
DOTTED = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\b|[A-Z]\.)|(?<=\.[A-Z])\.")


def scored(course: Course) -> list[Item]:
    """The items that a post-test can ask and score."""
    return [item for item in course.items if item.kind != "reflection" and not item.pretest]


def _questions_per_hour(subject: Subject, rule: Rule) -> Iterator[Fault]:
    course = subject.course
    least = int((course.credit.hours * rule.value).to_integral_value(ROUND_CEILING))
    if course.test.ask < least:
        what = f"asks {counted(course.test.ask, 'question')} for {counted(course.credit.hours, 'hour')}"
        yield Fault("test.ask", what, f"Ask at least {least}.")


def _pass_mark(subject: Subject, rule: Rule) -> Iterator[Fault]:
    test = subject.course.test
    if test.pass_percent < rule.value:
        yield Fault("test.pass_percent", f"passes at {test.pass_percent} %", f"Set {plain(rule.value)} or more.")


def _bank_size(subject: Subject, rule: Rule) -> Iterator[Fault]:
    ask, there = subject.course.test.ask, len(scored(subject.course))
    least = int(ask * rule.value)
    if there < least:
        what = f"the course has {counted(there, 'question')} that can be asked, and a test asks {ask}"
        yield Fault("items", what, f"Write {least - there} more, or ask fewer.")


def _test_there(subject: Subject, _: Rule) -> Iterator[Fault]:
    if len(scored(subject.course)) < max(1, subject.course.test.ask):
        yield Fault("items", "there are too few questions for a test that is scored", "Write questions that are scored, or ask fewer.")


def _rationales(subject: Subject, _: Rule) -> Iterator[Fault]:
    for item in subject.course.items:
        bare = [str(place) for place, option in enumerate(item.options, 1) if not option.rationale]
        if bare:
            yield Fault(f"items ({item.id})", f"no rationale for option {', '.join(bare)}", "Say in a sentence why it is right or wrong.")
        if item.kind not in CHOSEN and not item.rationale:
            yield Fault(f"items ({item.id})", "no rationale", "Say in a sentence why the answer is right, or what a good one holds.")


def _reference_addresses(subject: Subject, _: Rule) -> Iterator[Fault]:
    for reference in subject.course.references:
        if not reference.address:
            what = f"'{reference.id}' has neither a DOI nor an address"
            yield Fault(f"references ({reference.id})", what, "Add its doi, or its url where there is no DOI.")


def _references_listed(subject: Subject, _: Rule) -> Iterator[Fault]:
    if not subject.course.references:
        yield Fault("references", "no references", "List the works that the course rests on, and cite them.")


def _references_current(subject: Subject, rule: Rule) -> Iterator[Fault]:
    """The newest year in parentheses beside the day; nothing is said where no reference tells a year."""
    years = [int(year) for each in subject.course.references for year in re.findall(r"\((1[89]\d\d|20\d\d)[a-z]?\b", each.text)]
    if years and subject.on and max(years) < subject.on.year - int(rule.value):
        yield Fault("references", f"the newest is of {max(years)}", "Look for newer work, cite it, and mend the text.")


def _disclosures(subject: Subject, _: Rule) -> Iterator[Fault]:
    if not subject.course.disclosures:
        yield Fault("disclosures", "nothing is declared", "Say which commercial interests there are, or that there are none.")


def _authors(subject: Subject, _: Rule) -> Iterator[Fault]:
    if not subject.course.authors:
        yield Fault("authors", "no author is named", "Name who wrote the course, truly.")
    for author in subject.course.authors:
        if not author.qualifications:
            yield Fault("authors", f"nothing says what qualifies {author.name}", "Say it truly, also where it is little.")


def _qualifications(subject: Subject, rule: Rule) -> Iterator[Fault]:
    """Whether the words are there, not whether they are true; a sentence that denies something proves nothing."""
    known = [author.qualifications for author in subject.course.authors]
    if rule.who == "planners" and subject.provider:
        known += [person.qualifications for person in subject.provider.administrators]
    if not any(states(text, rule.words) for text in known):
        what = f"no author's qualifications name one of: {', '.join(rule.words)}"
        yield Fault("authors", what, "Add such a person to the work and name them, if it is so; else do not offer it under this body.")


def _words_refused(subject: Subject, rule: Rule) -> Iterator[Fault]:
    for where, text in shown(subject.course):
        if mentions(DOTTED.sub("", text), rule.words):
            yield Fault(where, f"says {rule.words[0]}", "Say hours.")


def shown(course: Course) -> Iterator[tuple[str, str]]:
    """The texts that a learner reads before and during the course, with their place."""
    yield from (("title", course.title), ("summary", course.summary), ("audience", course.audience), ("needs", course.needs))
    yield from (("disclosures", course.disclosures), ("care", course.care))
    yield from ((f"objectives ({objective.id})", objective.text) for objective in course.objectives)
    yield from ((section.file, f"{section.title}\n{section.text}") for section in course.sections)
    yield from ((f"glossary ({entry.term})", f"{entry.term}\n{entry.means}") for entry in course.glossary)
    yield from ((f"evaluation ({question.id})", question.text) for question in course.evaluation)
    yield from ((f"media ({media.file})", f"{media.title}\n{media.alt}") for media in course.media)
    for item in course.items:
        options = (part for option in item.options for part in (option.text, option.rationale))
        yield f"items ({item.id})", "\n".join((item.stem, item.rationale, *options))
    for case in course.cases:
        yield f"cases ({case.id})", "\n".join((case.title, *(step.text for step in case.steps)))


def _media_captions(subject: Subject, _: Rule) -> Iterator[Fault]:
    for media in subject.course.media:
        where = f"media ({media.file})"
        if media.kind == "video" and not media.captions:
            yield Fault(where, "the video has no captions", "Add a WebVTT file with what is said and heard.")
        if media.kind == "audio" and not media.transcript:
            yield Fault(where, "the audio has no transcript", "Write down what is said and heard.")


def _difficulty_range(subject: Subject, _: Rule) -> Iterator[Fault]:
    level = subject.course.credit.difficulty
    if subject.course.credit.method == "mergener" and level is not None and not 2 <= level <= 4:
        yield Fault("credit.difficulty", f"is {plain(level)}", "Have an expert choose it; outside 2 to 4 say why.")


CONTENT_CHECKS: Mapping[str, Check] = {
    "authors": _authors,
    "bank_size": _bank_size,
    "difficulty_range": _difficulty_range,
    "disclosures": _disclosures,
    "media_captions": _media_captions,
    "pass_mark": _pass_mark,
    "qualifications": _qualifications,
    "questions_per_hour": _questions_per_hour,
    "rationales": _rationales,
    "reference_addresses": _reference_addresses,
    "references_current": _references_current,
    "references_listed": _references_listed,
    "test_there": _test_there,
    "words_refused": _words_refused,
}
