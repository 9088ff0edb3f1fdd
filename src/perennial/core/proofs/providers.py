"""Finds who offered a course: by a label, by its own approval statement, or by a name that is an organization's."""

import re

from perennial.core.proofs.dates import days_in
from perennial.core.proofs.found import Reading, Sure
from perennial.core.proofs.lines import Document

LABEL = re.compile(
    (
        r"(?:(?:CE |course |approved |program |training |education(?:al)? )?(?:provider|sponsor)(?:ed|"
        r"ing)?(?: name| organization| agency)?(?: by)?|name of (?:the )?(?:CE )?(?:provider|sponsor)(?:ing organization)?|"
        r"organi[sz]ation|sponsoring organi[sz]ation|school|offered by|provided by|sponsored by|"
        r"hosted by|training organization|institution)\s*(?::|$)"
    ),
    re.IGNORECASE,
)
BY = re.compile(
    r"\b(?i:offered|provided|sponsored|hosted|presented|conducted|co-sponsored|given) by(?: the)?:?\s+(?P<who>[A-Z][^\n]{2,90})"
)
ORGANIZATION = re.compile(
    (
        r"\b(?:institutes?|cent(?:er|re)s?|academy|university|association|seminars?|trainings?|"
        r"education|inc\.?|llc|society|college|foundation|networks?|services|group|health|clinic|"
        r"hospital|council|school|learning|workshops|partners|consult(?:ing|ants)|alliance|coalition|"
        r"collaborative|press|online|CE|CEUs|continuing ed)\b"
    ),
    re.IGNORECASE,
)
APPROVED = re.compile(
    (
        r"(?P<who>[A-Z][^\n.;:]{1,90}?(?:(?:Inc|St|Dr|Ph\.D|Co)\.[^\n.;:]{0,60}?)?(?:\n[^\n.;:]{1,60}?)?),?\s*(?:\([^)]{1,40}\),?\s*)?\s+(?:is|"
        r"has been|are)\s+(?:an?\s+)?(?:currently\s+)?(?:approved|recognized|accredited|authorized|"
        r"registered|NBCC)\b"
    ),
)
PERSON = re.compile(r",\s*(?:Ph\.?D|Psy\.?D|Ed\.?D|M\.?D|LCSW|LICSW|LMFT|LPC|LMHC|LPCC|MSW|M\.?A|M\.?S|DSW|J\.?D)\b|^Dr\.?\s")
CUT = re.compile(
    (
        r"\s*(?:,?\s+(?:on|dated|in cooperation|who|which|located|via|held|provider (?:no|num|#|"
        r"id)|approval|at \d)\b.*|\s*[(,]?\s*(?:provider|ACEP|approval|license|lic\.)\s*(?:no\.?|"
        r"number|#|id).*|\s{3,}.*|\s*\|.*)$"
    ),
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"(?i)^(?:this|the|our|it|he|she|they|who|course|program|activity|training|workshop|webinar|"
    r"which|that|above|sponsor|provider|organization|we|you)\b(?:\s+(?:course|program|activity|"
    r"provider|sponsor|organization|training|workshop|webinar|session|event|above|following|"
    r"named|board|organisation))*\s*(?:\(.*)?$"
)
BODIES = re.compile(
    r"(?i)american psychological association|association of social work boards|national board for certified|"
    r"naadac|state education department|camft|board of"
)


def provider(document: Document) -> Reading[str]:
    """Who offered the course; CLEAR where a label or its own approval statement names it."""
    for found in (_labelled(document), _stated(document), _by(document), _organization(document)):
        if found is not None:
            return found
    return Reading[str]()


def tidy(text: str) -> str:
    """A name without what follows it on its line."""
    name = CUT.sub("", " ".join(text.split(" "))).strip(' .,:;\u2013\u2014-*•"“”()')[:200].strip()
    return f"{name}." if name.endswith((" Inc", " Co", " Ltd")) else name


def could_be(name: str) -> bool:
    """Whether a text can be the name of an organization or of a person who teaches under their own name."""
    return (
        len(re.findall(r"[A-Za-z]", name)) >= 3
        and not GENERIC.match(name)
        and not any(days_in(name))
        and not re.match(r"(?i)(?:number|no\.?|id|#|name)\b", name)
    )


def _labelled(document: Document) -> Reading[str] | None:
    for label in document.labelled(LABEL):
        name = tidy(label.value)
        if not could_be(name) or re.fullmatch(r"[\W\d]*", name) or re.match(r"[\w-]*\d[\w-]*$", name) or label.value.rstrip().endswith(":"):
            continue
        place = document.place(label.start, label.start + len(name))
        if PERSON.search(label.value):
            return Reading[str](value=name, sure=Sure.UNSURE, place=place, note="This reads as a person, not an organization.")
        return Reading[str](value=name, sure=Sure.CLEAR if label.beside else Sure.LIKELY, place=place)
    return None


def _stated(document: Document) -> Reading[str] | None:
    for match in APPROVED.finditer(document.text):
        who = _own(match["who"])
        name = tidy(" ".join(who.split()).removeprefix("The ").removeprefix("the "))
        if (
            could_be(name)
            and not BODIES.search(name)
            and len(name.split()) <= 10
            and not re.search(r"(?i)\b(course|program|activity)\b", name)
        ):
            start = match.start() + match["who"].rfind(who)
            sure = Sure.CLEAR if ORGANIZATION.search(name) or len(name.split()) <= 5 else Sure.LIKELY
            return Reading[str](value=name, sure=sure, place=document.place(start, start + len(who)))
    return None


def _own(who: str) -> str:
    """What belongs to the name: its own column, and a line before only where that plainly goes on."""
    first, broken, second = who.split("   ")[-1].partition("\n")
    goes_on = second[:1].islower() or first.rstrip().endswith((" for", " of", " and", ",", " the", "&", " in"))
    return f"{first}{broken}{second}" if goes_on or not second else second


def _by(document: Document) -> Reading[str] | None:
    for match in BY.finditer(document.text):
        name = tidy(match["who"])
        if could_be(name) and not PERSON.search(match["who"]) and not BODIES.search(name):
            start = match.start("who")
            sure = Sure.CLEAR if ORGANIZATION.search(name) and not match.group().lower().startswith(("presented", "given")) else Sure.LIKELY
            return Reading[str](value=name, sure=sure, place=document.place(start, start + len(name)))
    return None


def _organization(document: Document) -> Reading[str] | None:
    """The first or last line that is an organization's name and nothing else: letterheads stand at the top or the bottom."""
    lines = list(enumerate(document.lines))
    for index, line in [*lines[:3], *reversed(lines[-3:])]:
        text = line.segments[0].text
        name = tidy(text)
        plain = ORGANIZATION.search(name) and len(name.split()) <= 8 and could_be(name) and not BODIES.search(name)
        if plain and not re.search(
            (
                r"(?i)certificat|continuing education (?:cert|credit|hour)|hours?\b|:|approved|^continuing education$|"
                r"attendance|completion|\bawards?\b|\bcredits?\b|\bby\b|statement|record of|transcript"
            ),
            text,
        ):
            start = document.offsets[index]
            return Reading[str](
                value=name,
                sure=Sure.LIKELY,
                place=document.place(start, start + len(name)),
                note="Taken from the head or foot of the page.",
            )
    return None
