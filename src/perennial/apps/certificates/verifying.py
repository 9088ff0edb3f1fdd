"""Weighs a certificate's file by what it carries and by which issuers are trusted here. No Django, no network, no clock of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from perennial.apps.certificates.credential import SHAPE, completed_in, hours_in, resource_of, title_of
from perennial.apps.certificates.facts import Envelope, Frozen
from perennial.apps.certificates.issuers import IssuerFile, issuer_of
from perennial.apps.certificates.paper.pdf import CREDENTIAL, STATUS
from perennial.apps.certificates.paper.reading import Page, attachments_of, envelope_in, page_of
from perennial.apps.certificates.paper.seal import NotSealed, Seal, Unsigned, seal_of
from perennial.core.badges.proofs import Document, Unproven, prover_of
from perennial.core.badges.shape import stray
from perennial.core.badges.status import BITS, Place, bit_of, place_in
from perennial.core.badges.strict import read_strictly
from perennial.core.badges.tokens import NoToken, document_in, is_token


class Fault(StrEnum):
    """What is wrong with a file, for programs."""

    PDF = "pdf-changed"
    PROOF = "credential-changed"
    PARTS = "parts-not-signed"
    ISSUER = "issuer-differs"
    FACTS = "facts-differ"
    DIGEST = "digest-differs"
    PAGE = "page-differs"
    NOT_YET = "not-valid-yet"
    EXPIRED = "expired"
    KEY = "key-not-in-use"
    STATUS = "status-list"
    REVOKED = "revoked"


class Forged(ValueError):
    """A token that nobody vouches for as it stands, so that nothing of what it says is told: a clause that says why."""


@dataclass(slots=True)
class Found:
    """What a file says and what speaks against it. `faults` pairs a code with a sentence; empty where nothing does."""

    envelope: Envelope | None = None
    document: Document | None = None
    did: str = ""
    signed_at: datetime | None = None
    seal: Seal | None = None
    unsigned: bool = False
    page: Page | None = None
    issuer: IssuerFile | None = None
    revoked: bool = False
    as_of: datetime | None = None
    faults: list[tuple[Fault, str]] = field(default_factory=list)

    def against(self, fault: Fault, clause: str) -> None:
        """Note a fault; the clause becomes a sentence."""
        self.faults.append((fault, f"{clause[0].upper()}{clause[1:]}."))


@dataclass(frozen=True, slots=True)
class Around:
    """What is known besides the file: the moment, trusted issuers, a status list that was given, and a folder of fonts."""

    at: datetime
    trusted: Iterable[IssuerFile] = ()
    status: bytes | None = None
    fonts: Path | None = None


def look(data: bytes, around: Around) -> Found:
    """Weigh the file; raises Forged for a token without a true signature, ValueError where there is nothing that could be weighed."""
    found = Found()
    enclosed = _read(data, found)
    if found.document is not None:
        _weigh_document(found, around)
        _weigh_status(found, around, enclosed.get(STATUS))
    if found.envelope is not None:
        _weigh_facts(found, data, around, enclosed)
    _weigh_seal(found)
    return found


def _read(data: bytes, found: Found) -> Mapping[str, bytes]:
    """Take the file apart: a PDF, a token, a credential, or the facts alone."""
    if data.startswith(b"%PDF-"):
        return _read_pdf(data, found)
    if is_token(data):
        try:
            found.document, found.did, found.signed_at = document_in(data)
        except NoToken:
            raise
        except Unproven as fault:
            raise Forged(str(fault)) from None
        return {}
    if _is_credential(data):
        _read_document(data, found)
    else:
        found.envelope = envelope_in(data)
    return {}


def _read_pdf(data: bytes, found: Found) -> Mapping[str, bytes]:
    found.envelope = envelope_in(data)
    try:
        found.seal = seal_of(data)
    except Unsigned:
        found.unsigned = True
    except NotSealed as fault:
        found.against(Fault.PDF, str(fault))
    enclosed = attachments_of(data, (CREDENTIAL, STATUS))
    if CREDENTIAL in enclosed:
        _read_document(enclosed[CREDENTIAL], found)
    return enclosed


def _is_credential(data: bytes) -> bool:
    found = read_strictly(data) if data else None
    return isinstance(found, Mapping) and "credentialSubject" in found


def _read_document(data: bytes, found: Found) -> None:
    document = read_strictly(data)
    if not isinstance(document, Mapping):
        found.against(Fault.PARTS, "the credential is no credential")
        return
    found.document = document
    _prove(found, lambda: (document, prover_of(document), _signed(document)))


def _prove(found: Found, prove: Any) -> None:
    try:
        found.document, found.did, found.signed_at = prove()
    except (ValueError, TypeError) as fault:  # Unproven too
        found.against(Fault.PROOF, f"the credential is not to be trusted: {fault}")


def _weigh_document(found: Found, around: Around) -> None:
    """Its parts, its issuer and its dates."""
    document = found.document or {}
    place = stray(document, SHAPE)
    if place:
        found.against(Fault.PARTS, f"the credential has a part that its signature does not cover, or lacks one: {place}")
        return
    if found.did and document["issuer"]["id"] != found.did:
        found.against(Fault.ISSUER, "the credential names one issuer and was signed by another")
    found.issuer = issuer_of(found.did, around.trusted)
    _weigh_dates(document, found, around.at)


def _weigh_dates(document: Document, found: Found, at: datetime) -> None:
    try:
        start, end = _moment(document["validFrom"]), _moment(document.get("validUntil"))
    except (ValueError, TypeError):
        found.against(Fault.PARTS, "the credential has a date that cannot be read")
        return
    if start and start > at:
        found.against(Fault.NOT_YET, f"it is valid from {_day(start)} on, which lies ahead")
    if end and end <= at:
        found.against(Fault.EXPIRED, f"it expired on {_day(end)}")
    key = found.issuer.did(found.did) if found.issuer else None
    if key and found.signed_at and not key.used_at(found.signed_at):
        found.against(Fault.KEY, f"it was signed on {_day(found.signed_at)} with a key that its issuer did not use then")


def _signed(document: Document) -> datetime | None:
    """When its proof says that it was made; the proof may stand alone or as the one in a list."""
    proof = document.get("proof")
    one = proof[0] if isinstance(proof, list) and proof else proof
    return _moment(one["created"]) if isinstance(one, Mapping) else None


def _moment(words: Any) -> datetime | None:
    found = datetime.fromisoformat(words) if words else None
    if found is not None and found.tzinfo is None:
        raise ValueError("no zone")
    return found


def _weigh_status(found: Found, around: Around, enclosed: bytes | None) -> None:
    """The newest of the lists at hand: one that was given, and the one inside the file."""
    document = found.document or {}
    try:
        place = place_in(document.get("credentialStatus"))
    except ValueError as fault:
        found.against(Fault.STATUS, str(fault))
        return
    for data in (enclosed, around.status):
        if data is None:
            continue
        try:
            revoked, as_of = _bit(data, place, found, around.at)
        except (ValueError, TypeError, KeyError) as fault:
            whose = "that was given" if data is around.status else "in the file"
            found.against(Fault.STATUS, f"the status list {whose} cannot be used: {fault}")
            continue
        found.revoked |= revoked
        found.as_of = max(found.as_of, as_of) if found.as_of else as_of
    if found.as_of is None and place.index >= BITS and not any(fault is Fault.STATUS for fault, _ in found.faults):
        found.against(Fault.STATUS, f"it names bit {place.index:,} of a list, and lists have {BITS:,}")
    if found.revoked:
        found.against(Fault.REVOKED, "the issuer revoked it: it is not valid")


def _bit(data: bytes, place: Place, found: Found, at: datetime) -> tuple[bool, datetime]:
    listed = read_strictly(data)
    if not isinstance(listed, Mapping):
        raise ValueError("it is no status list")
    did = prover_of(listed)
    known = found.issuer is not None and found.issuer.did(did) is not None
    if listed.get("issuer") != did or (did != found.did and not known):
        raise ValueError("another issuer made it")
    as_of = _moment(listed.get("validFrom"))
    if as_of is None:
        raise ValueError("it has no date")
    until = _moment(listed.get("validUntil"))
    if until is not None and until <= at:
        raise ValueError(f"it held until {_day(until)}")
    return bit_of(place, listed), as_of


def _weigh_facts(found: Found, data: bytes, around: Around, enclosed: Mapping[str, bytes]) -> None:
    """Whether digest, credential and page say what the facts say."""
    envelope = found.envelope
    if envelope is None:
        return
    if not envelope.intact:
        found.against(Fault.DIGEST, "the facts do not agree with their digest")
    if found.document is not None and (what := _differing(envelope, found.document)):
        found.against(Fault.FACTS, f"the credential and the facts in the file differ in {what}")
    found.page = page_of(data, envelope, around.fonts, enclosed)
    if found.page is Page.DIFFERS:
        found.against(Fault.PAGE, "the page does not show the facts that the file carries")
    if envelope.revoked_on:
        found.against(Fault.REVOKED, f"it says itself that it was revoked on {_day(datetime.fromisoformat(envelope.revoked_on))}")


def _differing(envelope: Envelope, document: Document) -> str:
    """The first thing in which a credential says something else than the facts; empty where they agree."""
    if stray(document, SHAPE):
        return "its parts"
    facts, subject = envelope.facts, document["credentialSubject"]
    achievement = subject["achievement"]
    names = {one["id"]: one["name"] for one in achievement["resultDescription"]}
    said = {
        "the number": (document["name"], title_of(facts)),
        "the name": ([one["identityHash"] for one in subject["identifier"]], [facts["holder_name"]]),
        "the title": (achievement["name"], facts["course_title"]),
        "the provider": (achievement["creator"]["name"], facts["provider_name"]),
        "the hours": ([(names.get(one["resultDescription"]), one["value"]) for one in subject["result"]], hours_in(facts)),
        "the day of completion": (subject["activityEndDate"], completed_in(facts)),
        "the address": (document["id"], envelope.verify),
        "something else": (document["relatedResource"], [resource_of(envelope.sha256)]),
    }
    return next((what for what, (one, other) in said.items() if one != other), "")


def _weigh_seal(found: Found) -> None:
    """Whether the PDF was signed by the issuer that signed the credential in it, where that one is known."""
    if found.seal is None or found.issuer is None:
        return
    key = found.issuer.certificate(found.seal.sha256)
    if key is None:
        found.against(Fault.ISSUER, "the PDF was signed by somebody else than the credential in it")
    elif not key.used_at(found.seal.at):
        found.against(Fault.KEY, f"the PDF was signed on {_day(found.seal.at)} with a key that its issuer did not use then")


def told_of(document: Document) -> Frozen:
    """The main facts out of a credential alone: number, name, title, day."""
    subject = document["credentialSubject"]
    return {
        "number": document["name"].rpartition(" ")[2],
        "holder_name": subject["identifier"][0]["identityHash"],
        "course_title": subject["achievement"]["name"],
        "completed_on": subject["activityEndDate"][:10],
        "is_sample": document["description"].startswith("Sample, not real"),
    }


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
