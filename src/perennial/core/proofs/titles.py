"""Finds what a certificate is for: by its label, by the words that lead to it, or by its size."""

import re
from collections.abc import Iterator

from perennial.core.proofs.dates import days_in
from perennial.core.proofs.found import Place, Reading, Sure
from perennial.core.proofs.lines import Document, Line

EVENT = r"(?:course|program(?:me)?|training|event|workshop|activity|session|webinar|class|seminar|conference|presentation)"
LABEL = re.compile(
    rf"(?:(?:CE |continuing education |home study |educational |live )?{EVENT}(?: title| name)?|"
    rf"title(?: of (?:the )?(?:CE )?{EVENT})?|name of (?:the )?{EVENT}|topic)\s*(?:/\s*\w+\s*)?(?::|"
    rf"$)",
    re.IGNORECASE,
)
KINDS = (
    r"(?:online|live|continuing|education|professional|CE|home[- ]study|self[- ]study|distance[- ]learning|"
    r"interactive|virtual|in[- ]person|following|approved|educational|accredited|recorded|on-demand|"
    r"\d+(?:\.\d+)?[- ]hour)"
)
AMOUNT = (
    r"(?:(?:\(?\d+(?:\.\d+)?\)?|\w+ \(\d+(?:\.\d+)?\))\s*(?:[A-Za-z]+[ -]){0,4}?(?:hours?|credits?|"
    r"CEUs?|CEs)(?:\s*\([^)]*\))?(?:\s+of\s+(?:continuing|professional|CE)\s*(?:education|development)?(?:\s+credits?)?|"
    r"\s+of\s+(?:instruction|training|credit))?(?:\s+(?:for|in|by|through|from|on)\b)?(?:\s+(?:completing|"
    r"attending|participating in|the completion of))?\s*)"
)
LEAD = re.compile(
    r"\b(?:(?:has|have|having|for|by|upon|in recognition of|of)\s+)?(?:(?:successfully|satisfactorily|fully|duly)\s+)?"
    r"(?:complet(?:ed|ing|ion of)|attend(?:ed|ing|ance at)|participat(?:ed in|ing in|ion in)|"
    r"finish(?:ed|ing)|passed the post-?test (?:of|for))"
    rf"[:,]?\s*(?:(?:the|a|an|our|all (?:the )?requirements (?:of|for)(?: the)?|this)\b\s*)?{AMOUNT}?(?:(?:the|"
    rf"a|an)\s+)?(?:{KINDS}\s+)*(?:{EVENT}\b)?"
    r"\s*(?:(?:on|of|in)\s*$)?(?:,?\s*(?:entitled|titled|called|named|on the topic of))?\s*[:,]?\s*",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\s*,?\s+(?:(?:on|dated|of|in)\s+(?=\w+\.?\s+\d|\d)|(?:held|presented|offered|sponsored|"
    r"conducted|provided|hosted|given|delivered|taught)\b|and (?:has|have|is|was|thereby|thus)?\s*(?:been )?(?:earn|"
    r"award|receiv|entitl|grant)|"
    r"(?:for|earning|totaling|worth|consisting of|a total of|from)\s+(?=\(?\d|\w+ \(\d|a total)|"
    r"and\s+(?:earned|received|is awarded)|(?:which|that) (?:took|was)|(?:on|completed on) (?=the \d)).*$",
    re.IGNORECASE,
)
HEADING = re.compile(r"(?:your |the )?(?:CE |continuing education )?(?:certificate|statement|record)(?: of \w+)?$", re.IGNORECASE)
NO_LEAD = re.compile(r"(?:certificate|statement|dates?|record|proof)(?: of)? $")
QUOTED = re.compile(r"[“\"„«]([^”\"«»“]{4,200})[”\"»]")
CERTIFICATE = re.compile(
    r"certificat\w*|statement of|record of (?:attendance|completion)|this (?:is to )?(?:certif|"
    r"acknowledg|verif)\w*|continuing education$|proof of|presented to|awarded to|is hereby|"
    r"official|transcript|attendance verification|page \d|congratulations|letter of",
    re.IGNORECASE,
)
LABELLED = re.compile(r"^[A-Za-z][A-Za-z /#.()]{1,34}:\s*\S|:$")
SENTENCE = re.compile(
    (
        r"\b(?:is|are|was|has been|approved|sponsor|maintains|license|provider|hours?|credits?|"
        r"CEUs?|minutes?|instructor|presenter|signature|director|www\.|http|@|phone|tel)\b"
    ),
    re.IGNORECASE,
)
NAME = re.compile(r"^(?:(?:Dr|Mr|Ms|Mrs)\.?\s+)?[A-Z][\w'\u2019.-]+(?:\s+[A-Z][\w'\u2019.-]*){1,3}(?:,\s*[A-Z][A-Za-z-]{1,6}\.?.*)?$")
LONGEST = 300


def title(document: Document) -> Reading[str]:
    """The title; CLEAR only where a label or a leading phrase names it."""
    for found in (_labelled(document), _led(document), _quoted(document), _largest(document)):
        if found is not None:
            return found
    return Reading[str]()


def tidy(text: str) -> str:
    """A title without quotes, trailing dates and marks around it."""
    text = TAIL.sub("", " ".join(text.split()))
    quoted = QUOTED.match(text)
    return (quoted[1] if quoted else text).strip(" \"“”„«»'.,:;\u2013\u2014-*•_")[:LONGEST].strip()


def could_be(text: str) -> bool:
    """Whether a text can be a title at all."""
    letters = sum(c.isalpha() for c in text)
    return not HEADING.match(text) and letters >= 4 and letters >= len(text) / 2 and not any(True for _ in days_in(text) if len(text) < 30)


def _labelled(document: Document) -> Reading[str] | None:
    for label in document.labelled(LABEL):
        value, index = tidy(label.value), document.index_at(label.start)
        if not could_be(value) or re.match(r"(?i)(?:number|no\.|id|code|date|provider|hours?|format|type|instructor)\b", value):
            continue
        value = _continued(document, index, label.start, value)
        start = document.text.find(value.split("\n")[0][:12], label.start)
        sure = Sure.CLEAR if label.beside or not LABELLED.search(label.value) else Sure.LIKELY
        return Reading[str](value=" ".join(value.split()), sure=sure, place=_place(document, start if start >= 0 else label.start, value))
    return None


def _continued(document: Document, index: int, start: int, value: str) -> str:
    """A label's value with its next line, where that plainly goes on: it stands right under the value and begins in lower case."""
    if index + 1 >= len(document.lines) or not document.measured:
        return value
    line, following = document.lines[index], document.lines[index + 1]
    own = next((s for s in line.segments if document.text[start : start + 8] in s.text), line.segments[-1])
    goes_on = len(following.segments) == 1 and abs(following.segments[0].x0 - own.x0) < 2 and following.segments[0].text[:1].islower()
    return f"{value} {tidy(following.text)}" if goes_on else value


def _led(document: Document) -> Reading[str] | None:
    for match in LEAD.finditer(document.text):
        before = document.text[max(0, match.start() - 16) : match.start()].lower()
        if NO_LEAD.search(before):
            continue
        end = match.end()
        line = document.lines[document.index_at(max(match.start(), match.end() - 1))]
        rest = document.text[end:].split("\n", 1)[0].strip()
        if rest and document.index_at(end) == document.index_at(match.start()) and document.text[end - 1 : end] != "\n":
            found = _in_line(document, end, rest)
        else:
            found = _in_next(document, end, line)
        if found is not None:
            return found
    return None


def _in_line(document: Document, start: int, rest: str) -> Reading[str] | None:
    paragraph = " ".join(document.text[start : start + 400].split("\n\n")[0].split())
    quoted = QUOTED.match(paragraph)
    if quoted:
        return Reading[str](value=tidy(quoted[1]), sure=Sure.CLEAR, place=_place(document, start, quoted.group()))
    whole = paragraph if not TAIL.search(rest) and TAIL.search(paragraph[: len(rest) + 90]) and not rest.endswith(".") else rest
    value = tidy(whole.split("   ")[0])
    if not could_be(value):
        return None
    ended = bool(TAIL.search(whole)) or rest.endswith(".")
    return Reading[str](value=value, sure=Sure.LIKELY if ended else Sure.UNSURE, place=_place(document, start, value))


def _in_next(document: Document, end: int, led: Line) -> Reading[str] | None:
    at = end
    while at < len(document.text) and document.text[at] in " \n":
        at += 1
    if at >= len(document.text):
        return None
    index = document.index_at(at)
    line = document.lines[index]
    if line.page != led.page or CERTIFICATE.search(line.text):
        return None
    lines = [line.text, *_more(document, index)]
    value = tidy(" ".join(lines))
    if not could_be(value):
        return None
    large = document.measured and line.height >= 1.12 * document.height
    quoted = bool(QUOTED.match(line.text))
    plain = not SENTENCE.search(value) and (large or not LABELLED.search(line.text))
    sure = Sure.CLEAR if (large and plain) or quoted else Sure.LIKELY if plain else Sure.UNSURE
    return Reading[str](value=value, sure=sure, place=_place(document, at, " ".join(lines)))


def _more(document: Document, index: int) -> Iterator[str]:
    """The further lines of a title: as large as its first, and larger than the text around."""
    first = document.lines[index]
    opened = first.text.count("“") > first.text.count("”") or (first.text.count('"') == 1)
    for line in document.lines[index + 1 : index + 4]:
        same = document.measured and abs(line.height - first.height) <= 0.08 * first.height and first.height >= 1.12 * document.height
        if not (opened or same) or line.page != first.page or any(days_in(line.text)) or LABELLED.search(line.text):
            return
        yield line.text
        if opened and ("”" in line.text or '"' in line.text):
            return


def _quoted(document: Document) -> Reading[str] | None:
    found = [match for match in QUOTED.finditer(document.text) if could_be(match[1])]
    if len(found) != 1:
        return None
    return Reading[str](value=tidy(found[0][1]), sure=Sure.LIKELY, place=_place(document, found[0].start(1), found[0][1]))


def _largest(document: Document) -> Reading[str] | None:
    """The largest text that is neither a heading nor a name; a guess."""
    if not document.measured:
        return None
    fit = [
        line
        for line in document.lines
        if could_be(line.text) and not NAME.match(line.text) and not any(one.search(line.text) for one in (CERTIFICATE, SENTENCE, LABELLED))
    ]
    if not fit:
        return None
    best = max(fit, key=lambda line: line.height)
    start = document.offsets[document.lines.index(best)]
    value = tidy(best.text)
    return Reading[str](value=value, sure=Sure.UNSURE, place=_place(document, start, best.text), note="Guessed by the size of the text.")


def _place(document: Document, start: int, value: str) -> Place:
    return document.place(start, start + len(value))
