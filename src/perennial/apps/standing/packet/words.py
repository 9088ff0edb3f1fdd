"""Puts an audit packet into the words that its pages show; everything here is text, nothing is markup."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from perennial.apps.licenses.queries import jurisdiction_name, profession_name
from perennial.apps.standing.packet.facts import Packet, PacketCredit, Proof
from perennial.apps.standing.packet.jobs import Laid
from perennial.core.rules import Answer, Line
from perennial.core.rules.schema import Source
from perennial.core.values.words import ce_hours, day_in_words, listed, partial_day, plain_hours

Words = dict[str, Any]
NOT_KNOWN = "not known"
STATES = {"met": "Met", "missing": "Not met", "within": "Within the limit", "over": "Limit reached", "not_known": "Not known"}
LAST_WORD = "By what was read of the rule and entered in the record. The board decides."
ATTACHED = "packet.json is attached to this PDF: the rule with its sources, the credits, the answer and the proofs, for programs."
SAME = " The command perennial requirements check comes to the same answer from its scenario, without a network."
DOUBT = "Not known for certain: a point that is open, listed at the end of the tables, could change this."
UNREAD = "What was read of the rule does not decide this. Ask the board."
UNDECIDED = "It depends on a question about the licensee that is not answered; the lines below say which."
NO_PROOF = "The record holds no certificate for this credit."
IN_ZIP = "The file itself, as it was kept, lies in the ZIP that was made with this PDF"


def packet_words(packet: Packet, laid: Mapping[int, Laid]) -> Words:
    """All that the pages show, in the names that packet.typ reads; `laid` says by proof what became of its file."""
    name, day = packet.audit.standing.name, packet.made_on
    return {
        "title": f"Audit packet: {name}",
        "description": f"{packet.holder}, {_period(packet.answer)}",
        "date": [day.year, day.month, day.day],
        "fonts": [],
        "name": name,
        "holder": packet.holder,
        "facts": [[what, value] for what, value in _facts(packet) if value],
        "verdict": verdict(packet.answer),
        "last-word": LAST_WORD,
        "lines": [_line(line) for line in packet.lines],
        "groups": [_group(packet, line) for line in packet.lines if line.kind != "limit"],
        "left-out": [_left_out(packet, one) for one in packet.left_out],
        "elsewhere": _elsewhere(packet.elsewhere),
        "open": list(packet.answer.unchecked),
        "attached": ATTACHED + ("" if packet.audit.standing.own or _unanswered(packet.answer) else SAME),
        "proofs": [_proof(packet, proof, laid[proof.number]) for proof in packet.proofs],
        "without": [_without(packet, one, number) for number, one in enumerate(packet.unproved, 1)],
    }


def verdict(answer: Answer) -> Words:
    """What the hours come to: `state` is met, part or missing; what is not certain is said to be so."""
    if not answer.owed:
        return {"state": "met", "words": "No CE hours are owed at this renewal", "says": ""}
    if answer.compliant is None:
        return {"state": "part", "words": "Not known", "says": UNDECIDED if _unanswered(answer) else UNREAD}
    doubt = "" if answer.certain else DOUBT
    if answer.compliant:
        words = "All in place" if answer.certain else "In place, by what we have read"
        return {"state": "met" if answer.certain else "part", "words": words, "says": doubt}
    unmet = [_lack(line) for line in answer.lines if line.kind != "limit" and line.verdict == "missing"]
    return {"state": "missing", "words": f"Missing: {listed(unmet)}" if unmet else "Not in place", "says": doubt}


def _unanswered(answer: Answer) -> bool:
    return any(need.startswith("attribute:") for need in answer.needs)


def _lack(line: Line) -> str:
    if line.missing is None:
        return f"{line.name}, to complete"
    return f"{ce_hours(line.missing)} in all" if line.kind == "total" else f"{ce_hours(line.missing)} of {line.name}"


def _facts(packet: Packet) -> list[tuple[str, str]]:
    standing, answer = packet.audit.standing, packet.answer
    license, rule = standing.license, standing.rule
    total = next((line for line in packet.lines if line.kind == "total" and line.source), None)
    asked = f" of {ce_hours(answer.asked_hours)}" if answer.asked_hours else ""
    counted = f"{plain_hours(answer.counted_hours)}{asked}" if asked else ce_hours(answer.counted_hours)
    as_of = packet.audit.day
    board = rule.file.board if rule and not standing.own else ""
    return [
        ("Licensee", packet.holder),
        ("License", standing.name),
        ("License number", license.number or NOT_KNOWN),
        ("Jurisdiction", jurisdiction_name(license.jurisdiction)),
        ("Profession", "" if standing.own else profession_name(license.profession)),
        ("Board", board),
        ("Renewal period", _period(answer)),
        ("Hours are due", day_in_words(answer.due)),
        ("Rule", _cited(total.source) if total else "The licensee's own list" if standing.own else NOT_KNOWN),
        ("Counted", counted),
        ("Certificates", _count_of(packet)),
        ("As of", day_in_words(as_of) if as_of != packet.made_on else ""),
        ("Made", day_in_words(packet.made_on)),
    ]


def _period(answer: Answer) -> str:
    start = NOT_KNOWN if "months" in answer.needs else day_in_words(answer.start)
    return f"{start} to {day_in_words(answer.due)}"


def _count_of(packet: Packet) -> str:
    without = len(packet.unproved)
    rest = f"; {without} credit{'' if without == 1 else 's'} without one" if without else ""
    return f"{len(packet.proofs) or 'none'}{rest}"


def _cited(source: Source | None) -> str:
    """A source in one line: its citation, else its address, and the month in which it was read."""
    if source is None:
        return NOT_KNOWN
    copy = f", in a copy of {partial_day(source.as_of)}" if source.as_of else ""
    return f"{source.cite or source.url or NOT_KNOWN} (read {partial_day(source.read)}{copy})"


def _title(line: Line) -> str:
    return f"{line.name[:1].upper()}{line.name[1:]}"


def _line(line: Line) -> Words:
    limit, open_ = line.kind == "limit", line.verdict == "not_known"
    whole = NOT_KNOWN if open_ else "to complete"
    asked = whole if line.asked is None else f"{'at most ' if limit else ''}{plain_hours(line.asked)}"
    counted = plain_hours(line.counted) if line.asked is not None or open_ else ("done" if line.verdict == "met" else "not shown")
    state = "met" if line.verdict in ("met", "within") else "missing" if line.verdict == "missing" else "part"
    return {
        "name": _title(line),
        "asked": asked,
        "counted": counted,
        "state": state,
        "words": STATES.get(line.verdict, NOT_KNOWN),
        "source": _cited(line.source),
        "because": line.because,
    }


def _group(packet: Packet, line: Line) -> Words:
    """A requirement with the credits that serve it, and the hours of each in this line."""
    hours = {part.credit: part.hours for part in line.credits}
    rows = [_credit(packet, one, hours[str(one.credit.id)]) for one in packet.counted if str(one.credit.id) in hours]
    known = {str(one.credit.id) for one in packet.counted}
    rows += [_other(part.title, part.hours) for part in line.credits if part.credit not in known]
    figure = f"{plain_hours(line.counted)} of {ce_hours(line.asked)}" if line.asked else _line(line)["counted"]
    figure = NOT_KNOWN if line.verdict == "not_known" else figure
    return {
        "name": _title(line),
        "figure": figure,
        "missing": line.verdict == "missing",
        "says": line.says,
        "source": _cited(line.source),
        "rows": rows,
        "unserved": line.because if line.counted else "No credit serves it.",
    }


def _credit(packet: Packet, one: PacketCredit, hours: Decimal) -> Words:
    credit = one.credit
    return {
        "day": day_in_words(credit.completed_on),
        "title": credit.title,
        "provider": credit.provider_name or NOT_KNOWN,
        "approval": _approvals(packet, one),
        "hours": plain_hours(hours),
        "proofs": list(one.proofs),
    }


def _other(title: str, hours: Decimal) -> Words:
    """Hours that come from no credit of this record, such as a duty that the rule gives hours for."""
    return {"day": "", "title": title, "provider": "", "approval": "", "hours": plain_hours(hours), "proofs": []}


def _approvals(packet: Packet, one: PacketCredit) -> str:
    """Who approved it; where the provider's approvals are on record here, whether they held on the day."""
    rule = packet.audit.standing.rule
    said = []
    for body in one.credit.approvals:
        name = rule.vocabulary.name(body) if rule else body
        dated = [d for d in packet.audit.dated.get(str(one.credit.id), ()) if d.approver == body]
        held = any(d.holds(one.credit.completed_on) for d in dated)
        said.append(name + (" (on record, held on that day)" if held else " (on record, did not hold on that day)" if dated else ""))
    return ", ".join(said) or NOT_KNOWN


def _left_out(packet: Packet, one: PacketCredit) -> Words:
    return {**_credit(packet, one, one.credit.hours), "because": one.because}


def _elsewhere(count: int) -> str:
    """The sentence about the rest of the record; empty where there is no rest."""
    if not count:
        return ""
    whole = f"{count} further credit{'' if count == 1 else 's'} of the record {'has' if count == 1 else 'have'}"
    return f"{whole} nothing to do with this period and {'is' if count == 1 else 'are'} not shown."


def _proof(packet: Packet, proof: Proof, laid: Laid) -> Words:
    """A proof's pages, or the page that says why it has none."""
    shows = packet.of(proof)
    most = len(packet.proofs)
    whole = f"Certificate {proof.number} of {most}"
    title = listed(one.credit.title for one in shows)
    cut = f"The first {len(laid.pages)} of its {len(laid.pages) + laid.cut} pages stand here. {IN_ZIP}: {proof.file}." if laid.cut else ""
    return {
        "number": proof.number,
        "label": whole,
        "title": title,
        "about": [_about(one) for one in shows],
        "file": proof.name,
        "digest": _digest(proof),
        "pages": [list(page) for page in laid.pages],
        "alt": f"{whole}: {title}, file {proof.name}",
        "cut": cut,
        "aside": _aside(proof, laid.says) if not laid.pages else [],
    }


def _about(one: PacketCredit) -> str:
    credit = one.credit
    provider = f", {credit.provider_name}" if credit.provider_name else ""
    return f"{day_in_words(credit.completed_on)}{provider}, {ce_hours(credit.hours)}"


def _digest(proof: Proof) -> str:
    if proof.certificate is not None:
        return (
            f"Certificate {proof.certificate.number} of this site, drawn from its frozen facts (SHA-256 {proof.certificate.facts_sha256})"
        )
    return f"SHA-256 {proof.sha256}" if proof.sha256 else ""


def _aside(proof: Proof, why: str) -> Sequence[str]:
    if proof.is_ours and proof.certificate is None:
        return ["This certificate could not be found. Ask those who run the site on which it was earned."]
    return ["This file could not be put on pages here.", why, f"{IN_ZIP}: {proof.file}."]


def _without(packet: Packet, one: PacketCredit, number: int) -> Words:
    label = f"Without certificate {number} of {len(packet.unproved)}"
    return {"label": label, "title": one.credit.title, "about": _about(one), "says": NO_PROOF}


def words_bytes(words: Words) -> bytes:
    """The words as packet.typ reads them."""
    return json.dumps(words, ensure_ascii=False).encode("utf-8", "replace")
