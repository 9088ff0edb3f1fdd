"""Finds hints of how a course was taught and of its topics."""

import re
from collections.abc import Mapping, Sequence

from perennial.core.proofs.found import Reading, Sure, Topic
from perennial.core.proofs.hours import Amount, Unit
from perennial.core.proofs.lines import Document

FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (slug, re.compile(words, re.IGNORECASE))
    for slug, words in (
        (
            "live_online",
            (
                r"live[\s-]+(?:interactive[\s-]+)?(?:webinar|online|virtual|web|stream\w*|webcast|video)|"
                r"(?<!a)\bsynchronous|interactive webinar|virtual live|(?:via|on|by|over) zoom|zoom (?:webinar|"
                r"meeting)|real[\s-]+time (?:interactive|webinar)|live \((?:online|virtual|webinar)\)|online[ ,]+live|"
                r"webinar, live|virtual workshop"
            ),
        ),
        ("self_study", r"self[\s-]*study|home[\s-]*study|correspondence course|self[\s-]+paced"),
        (
            "live_in_person",
            (
                r"in[\s-]+person|on[\s-]+?site (?:training|workshop|event)|face[\s-]+to[\s-]+face|classroom|"
                r"live \(in|live seminar|live workshop|traditional classroom"
            ),
        ),
        (
            "asynchronous",
            (
                r"asynchronous|on[\s-]+demand|pre[\s-]+?recorded|recorded (?:webinar|course|program)|non[\s-]+interactive|"
                r"distance learning|online course with (?:a )?(?:post-?)?test|text[\s-]+based online"
            ),
        ),
        ("reading", r"reading[\s-]+based|book[\s-]+based"),
    )
)
CHECKED, OPEN = re.compile(r"(?:☒|☑|✓|✔|\[[xX]\]|\([xX]\)|■)\s*"), re.compile(r"(?:☐|□|\[ ?\]|\( ?\))\s*")
BOX = re.compile(rf"{CHECKED.pattern}|{OPEN.pattern}")
DENIED = re.compile(r"\b(?:not|no|non|other than|nor)\b[\s-]*$", re.IGNORECASE)
NO_TOPICS = re.compile(r"(?!)")


def form(document: Document) -> Reading[str]:
    """How the course was taught, where the certificate says it in one way only. Of boxes, those that are ticked."""
    text = _ticked(document.text)
    found = [(slug, match) for slug, words in FORMS for match in words.finditer(text) if not DENIED.search(text[: match.start()][-12:])]
    slugs = {slug for slug, _ in found}
    if slugs == {"self_study", "asynchronous"}:
        found = [(slug, match) for slug, match in found if slug == "self_study"]
    elif len(slugs) > 1:
        first = found[0][1]
        return Reading[str](
            place=document.place(first.start(), first.end()), note="Several ways of teaching are named. Choose the one that was yours."
        )
    if not found:
        return Reading[str]()
    slug, match = found[0]
    return Reading[str](value=slug, sure=Sure.LIKELY, place=document.place(match.start(), match.end()))


def _ticked(text: str) -> str:
    """The text with what stands beside open boxes blanked, where boxes are there at all."""
    if not CHECKED.search(text) or not OPEN.search(text):
        return text
    marks = list(BOX.finditer(text))
    out = list(text)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if OPEN.fullmatch(mark.group()):
            line_end = text.find("\n", mark.end())
            stop = min(following.start() if following else len(text), line_end if line_end >= 0 else len(text))
            out[mark.end() : stop] = " " * (stop - mark.end())
    return "".join(out)


def topic_pattern(topics: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Any word of any topic, at the start of a word."""
    words = sorted({word for said in topics.values() for word in said}, key=len, reverse=True)
    return re.compile("|".join(rf"\b{_spaced(word)}" for word in words), re.IGNORECASE) if words else NO_TOPICS


def topics(document: Document, found: Sequence[Amount], title: Reading[str], known: Mapping[str, tuple[str, ...]]) -> tuple[Topic, ...]:
    """Topics with the hours that the certificate states for them, then those that the title names."""
    gathered: dict[str, Topic] = {}
    most = max((amount.hours for amount in found if amount.unit == Unit.HOURS), default=None)
    for amount in found:
        slugs = named(amount.kind, known) if amount.unit == Unit.HOURS else ()
        for slug in slugs:
            place = document.place(amount.start, amount.end + len(amount.kind))
            gathered.setdefault(
                slug,
                Topic(
                    slug=slug, hours=amount.hours, sure=Sure.CLEAR if len(slugs) == 1 and amount.hours != most else Sure.LIKELY, place=place
                ),
            )
    if title.value and title.place:
        for slug in named(title.value, known):
            gathered.setdefault(slug, Topic(slug=slug, sure=Sure.LIKELY, place=title.place))
    return tuple(gathered.values())


def named(text: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The topics whose words stand in a text; a longer wording takes its words from the shorter ones."""
    said = sorted(((word, slug) for slug, words in known.items() for word in words), key=lambda pair: -len(pair[0]))
    found: list[str] = []
    for word, slug in said:
        exact = re.IGNORECASE if not word.isupper() else 0
        pattern = re.compile(rf"\b{_spaced(word)}", exact)
        if pattern.search(text):
            text = pattern.sub(" ", text)
            found.append(slug)
    return tuple(dict.fromkeys(found))


def _spaced(word: str) -> str:
    return r"[\s-]+".join(re.escape(part) for part in word.split())
