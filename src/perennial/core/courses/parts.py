"""Read the tables of course.toml, one function for each kind of table."""

import re
from collections.abc import Mapping
from decimal import Decimal

from perennial.core.courses.course import (
    Author,
    Credit,
    Declaration,
    EvaluationQuestion,
    Media,
    Objective,
    PostTest,
    Reference,
    Review,
    Section,
    Term,
)
from perennial.core.courses.table import Table
from perennial.core.courses.words import counted_words

METHODS = ("words_6000", "mergener", "running_time", "pilot")
REVIEW_STATES = ("not_yet_reviewed", "reviewed")
MEDIA_KINDS = ("image", "audio", "video", "file")
QUESTION_KINDS = ("scale", "text")
FILE = re.compile(r"\d\d-[a-z0-9]+(?:-[a-z0-9]+)*\.md")
MEDIA_FILE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.[a-z0-9]{2,5}")
DOI = re.compile(r"10\.\d{4,9}/\S+")
MOST_HOURS = Decimal(100)
FEWEST, MOST_DIFFICULTY = Decimal(1), Decimal(5)


def read_author(table: Table) -> Author:
    """Who wrote it; the qualifications may be empty, and a check then says so."""
    return Author(table.text("name"), table.text("role"), table.text("qualifications", blank=True))


def read_review(table: Table) -> Review:
    """Whether it was reviewed."""
    return Review(table.choice("state", REVIEW_STATES), table.text("says"))


def read_credit(table: Table) -> Credit:
    """What the course claims."""
    topics = table.table("topics")
    hours = table.number("hours", Decimal("0.25"), MOST_HOURS) or Decimal(0)
    method = table.choice("method", METHODS)
    difficulty = table.number("difficulty", FEWEST, MOST_DIFFICULTY, optional=method != "mergener")
    if method != "mergener" and difficulty is not None:
        table.fault("difficulty", f"has no meaning for {method}", "Leave it out, or use mergener.")
    pilots, rationale = table.wholes("pilots", 1, 6000), table.text("pilot_rationale", optional=True)
    if method == "pilot" and not (pilots and rationale):
        table.fault("pilots", "are missing, or nothing says who tried the course", "Write the minutes in pilots, and pilot_rationale.")
    named = {topic: topics.number(topic, Decimal("0.01"), MOST_HOURS) for topic in topics.data}
    for topic, share in named.items():
        if share and share > hours:
            topics.fault(topic, f"{share} hours are more than the {hours} of the course", "Write at most those.")
    return Credit(
        hours=hours,
        minutes_per_hour=table.whole("minutes_per_hour", 50, 60) or 60,
        method=method,
        difficulty=difficulty,
        topics=tuple(sorted((topic, share) for topic, share in named.items() if share)),
        pilots=pilots,
        pilot_rationale=rationale,
    )


def read_test(table: Table) -> PostTest:
    """How the bank is asked."""
    return PostTest(
        ask=table.whole("ask", 1, 500) or 0,
        pass_percent=table.whole("pass_percent", 1, 100) or 0,
        minutes=table.whole("minutes", 1, 1440, optional=True),
    )


def read_objective(table: Table) -> Objective:
    """What a learner can do afterwards."""
    return Objective(table.slug("id"), table.text("text", longest=300))


def read_section(table: Table, texts: Mapping[str, str]) -> Section:
    """A section with its text; `texts` are the Markdown files by name."""
    file = table.text("file")
    text = texts.get(file, "")
    if file and not FILE.fullmatch(file):
        table.fault("file", f"'{file}' is not a name of a section", "Name it like 01-short-name.md.")
    elif file and file not in texts:
        table.fault("file", f"there is no {file}", "Write the file, or remove the section.")
    elif file and not text.strip():
        table.fault("file", f"{file} is empty", "Write the section.")
    return Section(file, table.text("title", longest=120), table.texts("objectives"), text, counted_words(text))


def read_reference(table: Table) -> Reference:
    """A cited work; whether it has an address is for the checks to say."""
    found = Reference(
        id=table.slug("id"),
        text=table.text("text", longest=1000),
        doi=table.text("doi", optional=True),
        url=table.text("url", optional=True),
    )
    if found.doi and not DOI.fullmatch(found.doi):
        table.fault("doi", f"'{found.doi}' is not a DOI", "Write it as 10.1000/xyz, without https://doi.org/.")
    if found.url and not re.fullmatch(r"https?://[^\s/]+\.\S+", found.url):
        table.fault("url", f"'{found.url}' is not an address", "Write it with https://.")
    if found.doi and found.url:
        table.fault("url", "stands beside a doi", "Keep the doi alone.")
    return found


def read_term(table: Table) -> Term:
    """A word of the glossary."""
    return Term(table.text("term"), table.text("means"))


def read_question(table: Table) -> EvaluationQuestion:
    """A question of the course's own evaluation."""
    return EvaluationQuestion(table.slug("id"), table.text("text"), table.choice("kind", QUESTION_KINDS))


def read_declaration(table: Table) -> Declaration:
    """What someone who worked on the course said of interests."""
    return Declaration(table.text("name"), table.text("role"), table.day("on"), table.text("says"))


def read_media(table: Table) -> Media:
    """A file of `media`; whether the file is there, and is what it says, is for `media_faults`."""
    kind = table.choice("kind", MEDIA_KINDS)
    running = kind in {"audio", "video"}
    file = table.text("file")
    if file and not MEDIA_FILE.fullmatch(file):
        table.fault("file", f"'{file}' is not a name of a file here", "Name it like room-plan.png: small letters, digits, hyphens.")
    return Media(
        file=file,
        kind=kind,
        title=table.text("title", longest=200),
        alt=table.text("alt", blank=True, optional=True) if kind == "image" else "",
        minutes=table.number("minutes", Decimal("0.01"), Decimal(1440)) if running else None,
        captions=table.text("captions", optional=True) if kind == "video" else "",
        transcript=table.text("transcript", optional=True, longest=200_000) if running else "",
    )
