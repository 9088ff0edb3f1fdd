"""Finds the approval bodies that a certificate names, with their numbers, and leaves out those it says did not approve."""

import re
from collections.abc import Iterator, Mapping

from perennial.core.proofs.found import Approval, Sure
from perennial.core.proofs.lines import Document

NO = r"(?:\s*#\s*:?|\s*:|\s*(?:approval |accreditation |license )?(?:no|num|number|id|code)\b\.?\s*[#:]?)"
ID = r"\s*(?P<number>(?=[A-Z-]{0,10}\d)[A-Z0-9][A-Z0-9/-]{1,19})"
PROVIDER = r"(?:approved |continuing education |CE |education )*(?:provider|sponsor|ACEP|ACE|CEP|approval)s?(?: program)?"


def numbered(names: str, *, most: int = 90) -> re.Pattern[str]:
    """A body's name, and the number that follows it within the same sentence."""
    within = r"(?:(?!\.\s+[A-Z])[^\n#:])"
    own = rf"{within}{{0,{most}}}?(?:\n{within}{{0,60}}?)?{PROVIDER}{NO}{ID}"
    return re.compile(rf"\b(?:{names})(?:{own}|{NO}{ID.replace('number', 'number2')})?", re.IGNORECASE)


BODIES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "American Psychological Association",
        "APA",
        numbered(
            r"American\s+Psychological\s+Association|APA(?=[- ](?:approved|sponsor|accredited|provider|"
            r"CE))|APA\b"
        ),
    ),
    (
        "NBCC Approved Continuing Education Provider",
        "NBCC_ACEP",
        numbered(r"NBCC(?:\s+as\s+an?)?|National\s+Board\s+for\s+Certified\s+Counselors|ACEP"),
    ),
    ("ASWB Approved Continuing Education", "ASWB_ACE", numbered(r"ASWB|Association\s+of\s+Social\s+Work\s+Boards")),
    ("NAADAC", "NAADAC", numbered(r"NAADAC|Association\s+for\s+Addiction\s+Professionals")),
    (
        "New York State Education Department",
        "NYSED",
        re.compile(
            (
                r"\b(?:New\s+York\s+State\s+Education\s+Department|NYSED)(?:[^#]{0,260}?#?\s*(?P<number>(?:SW|"
                r"MHC|MFT|PSY)-\d{3,5}))?"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        "California Association of Marriage and Family Therapists",
        "CAMFT",
        numbered(r"CAMFT(?:CEPA)?|California\s+Association\s+of\s+Marriage\s+and\s+Family\s+Therapists"),
    ),
    ("NASW", "NASW", numbered(r"NASW(?![- ][A-Z]{2}\b)|National\s+Association\s+of\s+Social\s+Workers(?!,? \w+ chapter)")),
    (
        "American Association for Marriage and Family Therapy",
        "AAMFT",
        numbered(r"AAMFT|American\s+Association\s+for\s+Marriage\s+and\s+Family\s+Therapy"),
    ),
    ("IACET", "IACET", numbered(r"IACET|International\s+Accreditors\s+for\s+Continuing\s+Education\s+and\s+Training")),
    ("CE Broker", "", re.compile(rf"\bCE\s?Broker[^\n#:\d]{{0,40}}?{NO}?{ID}", re.IGNORECASE)),
    ("Florida board", "STATE_BOARD", re.compile(rf"\bFlorida\b[^\n#]{{0,80}}?(?:\bBAP\b|provider|board){NO}{ID}", re.IGNORECASE)),
    (
        "Texas board",
        "STATE_BOARD",
        re.compile(
            rf"\bTexas\b[^\n#]{{0,80}}?(?:provider|board|sponsor){NO}{ID}"
            rf"|\b(?:TSBEP|TX BHEC|BHEC)\b[^\n#]{{0,40}}?{NO}{ID.replace('number', 'number2')}",
            re.IGNORECASE,
        ),
    ),
    (
        "California board",
        "STATE_BOARD",
        re.compile(rf"\b(?:California\b[^\n#]{{0,80}}?(?:\bPCE\b|provider|board)|BBS\b[^\n#]{{0,30}}?|PCE){NO}{ID}", re.IGNORECASE),
    ),
)
DENIED = re.compile(r"\b(?:not|no|never|nor|neither|without|isn't|pending|expired|does not|do not)\b[^.\n]{0,60}$", re.IGNORECASE)
GRANTED = re.compile(r"approv|accredit|accepted|recogni[sz]|provider|sponsor|ACE\b|ACEP\b", re.IGNORECASE)


def approvals(document: Document, known: Mapping[str, tuple[str, ...]]) -> tuple[Approval, ...]:
    """Each body once, with its number where one stands beside it; those with a slug that the vocabulary does not know go without it."""
    found: dict[tuple[str, str], Approval] = {}
    for one in _all(document, known):
        key = (one.body, "")
        if key not in found or (one.number and not found[key].number) or (found[key].sure != Sure.CLEAR and one.sure == Sure.CLEAR):
            found[key] = one
    return tuple(found.values())


def _all(document: Document, known: Mapping[str, tuple[str, ...]]) -> Iterator[Approval]:
    text = document.text
    for body, slug, pattern in BODIES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            number = (groups.get("number") or groups.get("number2") or "").strip("-/ .")
            around = text[max(0, match.start() - 120) : match.end() + 60]
            sentence = re.split(r"[.;]\s", text[max(0, match.start() - 120) : match.start()])[-1]
            if DENIED.search(sentence) or (not number and not GRANTED.search(around)):
                continue
            sure = Sure.CLEAR if number else Sure.LIKELY
            yield Approval(
                body=body, slug=slug if slug in known else "", number=number, sure=sure, place=document.place(match.start(), match.end())
            )
