"""Finds approval bodies with their numbers, topics and formats in text, by the vocabulary's words and a few spellings more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.pasting.days import Mention, days_in
from perennial.core.rules.vocabulary import Vocabulary

_BODIES: tuple[tuple[str, str, str], ...] = (
    ("NBCC_ACEP", r"\bNBCC\b|\bACEP\b|National Board for Certified Counselors", r"ACEP\s*(?:No\.?|number|#|:)*\s*(\d{3,6})"),
    ("ASWB_ACE", r"\bASWB\b|\bACE\b(?=\s+(?:program|provider|approv|credit|#|No))|Association of Social Work Boards",
     r"(?:ASWB|ACE)[^\n.;]{0,60}?(?:provider|No\.?|number|#)\s*(?:ID)?\s*(?:No\.?|number|#|:)*\s*(\d{3,5})"),
    ("APA", r"\bAPA\b|American Psychological Association", r""),
    ("NASW", r"\bNASW\b|National Association of Social Workers", r"NASW[^\n.;]{0,40}?(?:#|No\.?|approval)\s*:?\s*(\d{5,}(?:-\d+)?)"),
    ("AAMFT", r"\bAAMFT\b|American Association for Marriage and Family Therapy", r""),
    ("CAMFT", r"\bCAMFT\b|California Association of Marriage and Family Therapists", r"CAMFT[^\n.;]{0,60}?#?\s*(\d{4,8})"),
    ("NAADAC", r"\bNAADAC\b", r"NAADAC[^\n.;]{0,40}?(?:#|No\.?)\s*:?\s*(\d{3,8})"),
    ("NYSED", r"\bNYSED\b|New York State Education Department", r"\b((?:SW|MHC|MFT|PSY)-\d{3,5})\b"),
)  # fmt: skip
_REFUSED = re.compile(r"\b(?:not|no longer|isn.t|never)\b[^.;\n]{0,60}$", re.I)
_PERIOD = re.compile(r"approv\w*\s+period|valid|effective", re.I)
_UNTIL = re.compile(r"(?:approv\w*|valid|accredited|expires?|expiring|lapses?)[^.;\n]{0,40}(?:until|through|to|expires?|on|:)\s*$", re.I)
_FORMATS = (
    ("self_study", r"self-?\s?study|home-?\s?study"),
    ("asynchronous", r"on-?\s?demand|recorded|self-?\s?paced|asynchronous|text-based|non-?interactive|anytime|any time"),
    (
        "live_online",
        r"webinar|zoom|live online|online live|virtual|livestream|live stream|synchronous|interactive online",
    ),
    ("live_in_person", r"in-?\s?person|on-?site|hotel|conference center|convention|ballroom|face-to-face|venue"),
    ("asynchronous", r"\bonline\b"),
    ("live_in_person", r"\bworkshop\b|\bconference\b|\bretreat\b"),
)
MOST_MENTIONS = 50
ANY_DAY = frozenset({"asynchronous", "self_study", "reading"})
_HOURS = r"(\d{1,2}(?:[.,]\d{1,2})?)\s*-?\s*(?:CEs?|C\.E\.|contact|clock|credit)?\s*-?\s*(?:hours?|hrs?|credits?|h)\b"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic that a text names: its hours where the text says them, and whether the title names it."""

    slug: str
    hours: Decimal | None
    in_title: bool
    words: str


def approvals_in(text: str, vocabulary: Vocabulary) -> list[ToldApproval]:
    """Each body that the text says has approved, with its number and dates; one that it says has not is left out.

    What belongs to a body stands between its name and the next body's, on its line or the one after.
    """
    spelled = list(_spelled(vocabulary))
    places = sorted((match.start(), slug) for slug, name, _ in spelled for match in _mentions(name, text))
    days = days_in(text)
    found: dict[str, ToldApproval] = {}
    for slug, name, number in spelled:
        said = [match for match in _mentions(name, text) if not _refused(text, match)]
        if not said or slug in found:
            continue
        parts = [_part(text, match.start(), slug, places) for match in said]
        numbered = next((m for part in parts if number and (m := re.search(number, text[slice(*part)], re.I))), None)
        starts, until = next((dates for part in parts if any(dates := _dates(text, part, days))), (None, None))
        found[slug] = ToldApproval(slug, numbered[1] if numbered else "", starts, until)
    return list(found.values())


def _mentions(name: str, text: str) -> list[re.Match[str]]:
    return list(islice(re.finditer(name, text, re.I if " " in name else 0), MOST_MENTIONS))


def _part(text: str, place: int, slug: str, places: list[tuple[int, str]]) -> tuple[int, int]:
    """Where the words about a body end: at the next body, or at the end of the next line."""
    line = text.find("\n", text.find("\n", place) + 1)
    other = next((start for start, other in places if start > place and other != slug), len(text))
    return place, min(other, line if line > 0 else len(text))


def _spelled(vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """(slug, pattern of the name, pattern of the number): the usual bodies, then every other whose name is long enough to be sure."""
    yield from _BODIES
    usual = {slug for slug, _, _ in _BODIES}
    for slug, word in vocabulary.approvals.items():
        if slug not in usual and slug != "ANY" and word.name.count(" ") >= 2 and word.name[:1].isupper():
            yield slug, re.escape(word.name), ""


def _refused(text: str, match: re.Match[str]) -> bool:
    line = max(text.rfind("\n", 0, match.start()), text.rfind(".", 0, match.start()), match.start() - 100) + 1
    return _REFUSED.search(text[line : match.start()]) is not None


def _dates(text: str, part: tuple[int, int], days: list[Mention]) -> tuple[date | None, date | None]:
    """From when and until when an approval holds, where these words say so."""
    place, end = part
    near = [day for day in days if place <= day.start < end]
    if len(near) >= 2 and _PERIOD.search(text[place : near[0].start]) and len(text[near[0].end : near[1].start].strip()) <= 3:
        return near[0].first, near[1].first
    return None, next((day.first for day in near if _UNTIL.search(text[place : day.start])), None)


def of_approval(text: str, day: Mention) -> bool:
    """Whether a day that the text names belongs to an approval and not to the course."""
    line = max(text.rfind("\n", 0, day.start), text.rfind(";", 0, day.start)) + 1
    before = text[line : day.start]
    return bool(_UNTIL.search(before) or (_PERIOD.search(before) and re.search(r"approv|accredit|provider", before, re.I)))


def topics_in(text: str, title: str, vocabulary: Vocabulary) -> list[Topic]:
    """The topics that a text names; of words inside one another the longer one speaks."""
    taken: list[tuple[int, int]] = []
    found: dict[str, Topic] = {}
    words = [(word, slug) for slug, entry in vocabulary.topics.items() for word in (*entry.words, entry.name)]
    for word, slug in sorted(words, key=lambda pair: -len(pair[0])):
        form = re.compile(rf"\b{re.escape(word)}\w{{0,3}}\b", 0 if word.isupper() else re.I)
        for match in form.finditer(text):
            if any(start <= match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            here = Topic(slug, _hours_beside(text, match), form.search(title) is not None, match.group())
            there = found.get(slug)
            if there is None or (there.hours is None and here.hours is not None):
                found[slug] = here
    return sorted(found.values(), key=lambda topic: (topic.hours is None, not topic.in_title, topic.slug))


def _hours_beside(text: str, match: re.Match[str]) -> Decimal | None:
    """Hours named right before the topic (2 hours of ethics) or right after it (ethics: 2 hours)."""
    line = text.rfind("\n", 0, match.start()) + 1
    before = re.search(rf"{_HOURS}\s*(?:of|in|on|for|are|count as|meet)?\s*(?:the\s+)?(?:CE\s+)?$", text[line : match.start()], re.I)
    after = re.match(rf"\s*(?:\w+\s+)?[:(=-]\s*{_HOURS}", text[match.end() : match.end() + 40], re.I)
    said = before or after
    return Decimal(said[1].replace(",", ".")) if said else None


def format_in(text: str) -> tuple[str, str] | None:
    """The format that a text names, as (slug, words)."""
    for slug, form in _FORMATS:
        match = re.search(form, text, re.I)
        if match:
            return slug, match.group()
    return None
