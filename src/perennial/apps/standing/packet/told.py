"""The audit packet for programs: what was judged, by which rule, with which answer, and the proofs, as plain values."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from perennial.apps.certificates.queries import verify_path
from perennial.apps.licenses.queries import OTHER, jurisdiction_name, questions_for
from perennial.apps.standing.packet.facts import Packet, PacketCredit, Proof
from perennial.core.rules import Credit, Rule, Standing
from perennial.core.rules.scenario import Scenario, as_json, plain

FORM = 1
"""Goes up when a key is taken away or comes to mean something else."""


def told_packet(packet: Packet, *, site: str) -> dict[str, Any]:
    """The packet as JSON values; `site` is the address of this site, such as https://ce.example.org.

    `scenario` is the question in the form of FORMATS.md and `answer` is what `perennial requirements check --json` says to it. Hours are
    CE hours of 60 minutes, days are ISO 8601, digests are SHA-256 in hexadecimal. docs/guides/audit-packet.md names every key.
    """
    license, judged = packet.audit.standing.license, packet.audit.judged
    if judged is None:
        raise TypeError("A packet is made of a license that was judged.")
    question = Scenario(str(license.pk), license.jurisdiction, license.profession, judged, None)
    return {
        "perennial_audit_packet": FORM,
        "made_on": packet.made_on.isoformat(),
        "holder": packet.holder,
        "license": {
            "name": packet.audit.standing.name,
            "jurisdiction": license.jurisdiction,
            "jurisdiction_name": jurisdiction_name(license.jurisdiction),
            "profession": license.profession,
            "credential": license.credential,
            "number": license.number,
        },
        "period": {"start": packet.answer.start.isoformat(), "due": packet.answer.due.isoformat()},
        "rule": _rule(packet.audit.standing.rule),
        "scenario": scenario_as_json(question, by_birth_month=questions_for(license.jurisdiction, license.profession).birth_month),
        "unanswered": sorted(judged.unanswered),
        "answer": as_json(question, packet.answer),
        "credits": [_credit(packet, one) for one in packet.credits],
        "credits_elsewhere": packet.elsewhere,
        "proofs": [_proof(proof, site) for proof in packet.proofs],
        "without_proof": [str(one.credit.id) for one in packet.unproved],
    }


def packet_bytes(packet: Packet, *, site: str) -> bytes:
    """The file that is attached to the PDF and lies in the ZIP: UTF-8, indented."""
    return json.dumps(told_packet(packet, site=site), ensure_ascii=False, indent=1).encode() + b"\n"


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    own = rule.profession == OTHER
    sources = {} if own else {key: source.model_dump(mode="json") for key, source in rule.file.sources.items()}
    return {
        "id": "own" if own else f"us/{rule.jurisdiction.lower()}/{rule.profession}",
        "title": rule.file.title,
        "board": rule.file.board,
        "version": None if own else version_of(rule.jurisdiction, rule.profession),
        "read": max((source["read"] for source in sources.values()), default=None),
        "confidence": None if own else rule.file.confidence,
        "sources": sources,
    }


@lru_cache(maxsize=256)
def version_of(jurisdiction: str, profession: str) -> str | None:
    """A rule file's version: its SHA-256 as it lies in the rule base (`sha256:…`); None where there is no file."""
    path = Path(settings.RULEBASE) / "us" / jurisdiction.lower() / f"{profession}.toml"
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" if path.is_file() else None


def scenario_as_json(question: Scenario, *, by_birth_month: bool) -> dict[str, Any]:
    """A question in the form of FORMATS.md; the month of birth is told only where the rule counts from it."""
    standing = question.standing
    license = standing.license
    facts = {
        "expires": license.expires,
        "issued": license.issued,
        "birth_date": license.birth_date if by_birth_month else None,  # the month counts; day and year stand for none
        "renewal_number": license.renewal_number,
        "last_application_received": license.last_application_received,
        "number": license.number,
    }
    return {
        "id": question.id,
        "jurisdiction": question.jurisdiction,
        "profession": question.profession,
        "license": {key: _plain(value) for key, value in facts.items() if value is not None},
        "attributes": sorted(standing.attributes),
        "done": _done(standing),
        "as_of": standing.as_of.isoformat(),
        "credits": [_judged(credit) for credit in standing.credits],
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat()


def _done(standing: Standing) -> list[dict[str, str]]:
    return [{"what": duty.what} | ({"on": duty.on.isoformat()} if duty.on else {}) for duty in standing.done]


def _judged(credit: Credit) -> dict[str, Any]:
    """A credit as it was judged; one entered twice is not among them, and an approval that had ended is not named."""
    return {
        "id": credit.id,
        "title": credit.title,
        "date": credit.date.isoformat(),
        "hours": plain(credit.hours),
        "topics": _hours(credit.topics),
        "format": credit.format,
        "approvals": list(credit.approvals),
    } | {key: value for key, value in (("category", credit.category), ("course", credit.course)) if value}


def _hours(topics: Mapping[str, Decimal]) -> dict[str, int | float]:
    return {topic: plain(hours) for topic, hours in topics.items()}


def _credit(packet: Packet, one: PacketCredit) -> dict[str, Any]:
    """A credit as its owner entered it, with what it did here."""
    credit = one.credit
    served = {line.requirement: c.hours for line in packet.answer.lines for c in line.credits if c.credit == str(credit.id)}
    return {
        "id": str(credit.id),
        "title": credit.title,
        "provider": credit.provider_name,
        "date": credit.completed_on.isoformat(),
        "hours": plain(credit.hours),
        "minutes": credit.minutes,
        "format": credit.format,
        "topics": {topic: plain(Decimal(minutes) / 60) for topic, minutes in credit.topics.items()},
        "category": credit.category,
        "approvals": _approvals(packet, one),
        "counted_hours": plain(one.counted),
        "lines": _hours(served),
        "because": one.because,
        "proofs": list(one.proofs),
    }


def _approvals(packet: Packet, one: PacketCredit) -> list[dict[str, Any]]:
    """Each approval that the credit names, with its dates where the provider's are on record here; null where they are not known."""
    found: list[dict[str, Any]] = []
    for body in one.credit.approvals:
        dated = [d for d in packet.audit.dated.get(str(one.credit.id), ()) if d.approver == body]
        found += [
            {"body": body, "from": _day(d.starts), "until": _day(d.until), "held": d.holds(one.credit.completed_on)} for d in dated
        ] or [{"body": body, "from": None, "until": None, "held": None}]
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _proof(proof: Proof, site: str) -> dict[str, Any]:
    told: dict[str, Any] = {"number": proof.number, "file": proof.file, "media_type": proof.media_type}
    told["credits"] = [str(credit) for credit in proof.credits]
    if not proof.is_ours:
        return told | {"sha256": proof.sha256, "size_bytes": proof.size_bytes, "certificate": None}
    found = proof.certificate
    if found is None:
        return told | {"sha256": None, "size_bytes": None, "certificate": None}
    certificate = {
        "number": found.number,
        "issued_at": found.issued_at.isoformat(),
        "facts_sha256": found.facts_sha256,
        "verify": f"{site.rstrip('/')}{verify_path(found)}",
        "revoked_at": found.revoked_at.isoformat() if found.revoked_at else None,
    }
    return told | {"sha256": None, "size_bytes": None, "certificate": certificate}
