"""The facts of a certificate, frozen at issue: their form, their digest, and the file that carries them. No Django here."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from perennial.core.badges.strict import read_strictly

FORM = 1
NO_APPROVAL = "This course holds no approval of any body. It counts only where your board asks for none."
SAMPLE = "Sample, not real: no board accepts this certificate."

Frozen = Mapping[str, Any]


class HeldLicense(TypedDict):
    """A license that the holder has, as it shall stand on the certificate."""

    jurisdiction: str
    credential: str
    number: str


class HoursIn(TypedDict):
    """Whole minutes of one category, and how many minutes make its hour (50, 55 or 60)."""

    category: str
    minutes: int
    minutes_per_hour: int


ApprovalNote = TypedDict(
    "ApprovalNote",
    {"body": str, "number": str, "statement": str, "from": date | None, "until": date | None, "sample": bool},
)
"""An approval in force on the day of completion: the body's fixed statement, first and last day, whether it is a sample."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateFacts:
    """All that a certificate says. `delivery_format` in exact words; `topics` in minutes; `instructors` are teachers or authors."""

    holder_name: str
    course_title: str
    course_key: str
    course_version: str
    provider_name: str
    delivery_format: str
    completed_on: date
    hours: Sequence[HoursIn]
    responsible_person: str
    review_state: str
    provider_address: str = ""
    place_or_platform: str = ""
    started_on: date | None = None
    instructors: Sequence[str] = ()
    licenses: Sequence[HeldLicense] = ()
    approvals: Sequence[ApprovalNote] = ()
    no_approval_sentence: str = NO_APPROVAL
    score_percent: int | Decimal | None = None
    topics: Mapping[str, int] | None = None
    is_sample: bool = False

    @property
    def sample(self) -> bool:
        """Whether the certificate is marked as a sample: the provider is one, or one of its approvals."""
        return self.is_sample or any(approval["sample"] for approval in self.approvals)


def freeze(facts: CertificateFacts, *, number: str, issued_at: datetime, topic_names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The facts as plain JSON values, with the certificate's number, its moment of issue, and what its topics are called."""
    said = {field.name: _plain(getattr(facts, field.name)) for field in fields(facts)}
    sentence = "" if facts.approvals else (facts.no_approval_sentence.strip() or NO_APPROVAL)
    return {
        **said,
        "form": FORM,
        "number": number,
        "issued_at": issued_at.astimezone(UTC).isoformat(timespec="seconds"),
        "is_sample": facts.sample,
        "no_approval_sentence": sentence,
        "topics": dict(facts.topics or {}),
        "topic_names": dict(topic_names or {}),
    }


def canonical(frozen: Frozen) -> bytes:
    """The one way in which facts are written down, so that the same facts have the same digest everywhere."""
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(frozen: Frozen) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(frozen)).hexdigest()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a certificate's file carries: facts, their digest, the address that verifies them, and the day of a revocation."""

    facts: Frozen
    sha256: str
    verify: str
    revoked_on: str = ""

    @property
    def intact(self) -> bool:
        """Whether facts and digest agree."""
        return digest(self.facts) == self.sha256

    def as_json(self) -> bytes:
        """The file's bytes."""
        data = {"perennial_certificate": FORM, "facts": self.facts, "sha256": self.sha256, "verify": self.verify}
        if self.revoked_on:
            data["revoked_on"] = self.revoked_on
        return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1).encode()


def open_envelope(data: bytes) -> Envelope:
    """Read what `as_json` wrote; raises ValueError with a sentence for anything else."""
    found = read_strictly(data)
    if not isinstance(found, dict) or "perennial_certificate" not in found:
        raise ValueError("it holds no Perennial certificate")
    if found["perennial_certificate"] != FORM:
        raise ValueError(f"it holds a certificate of form {found['perennial_certificate']!r}, which this version cannot read")
    facts, sha256, verify, revoked = (found.get(name, "") for name in ("facts", "sha256", "verify", "revoked_on"))
    if not isinstance(facts, dict) or not all(isinstance(text, str) for text in (sha256, verify, revoked)):
        raise ValueError("the certificate in it is incomplete")
    return Envelope(facts, sha256, verify, revoked)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {name: _plain(inside) for name, inside in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inside) for inside in value]
    return value
