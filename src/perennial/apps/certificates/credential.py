"""A certificate's frozen facts as an Open Badges 3.0 credential, and the shape that it must have when it comes back. No Django here."""

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from perennial.apps.certificates.facts import SAMPLE, Envelope, Frozen
from perennial.apps.certificates.paper.words import in_hours, in_words
from perennial.core.badges.linked import BADGES, CREDENTIALS, EXTENSIONS
from perennial.core.badges.proofs import moment
from perennial.core.badges.shape import ANY, FLAG, TEXT
from perennial.core.badges.status import Place

CONTEXTS = [CREDENTIALS, BADGES, EXTENSIONS]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
SCHEMA_KIND = "1EdTechJsonSchemaValidator2019"
CRITERIA = "The whole course was gone through, its post-test was passed, and its evaluation was filled in."
NAME = "name"

_PROFILE = {"id": TEXT, "type": (["Profile"],), "name": TEXT, "url?": TEXT}
_ALIGNMENT = {
    "type": (["Alignment"],),
    "targetName": TEXT,
    "targetUrl": TEXT,
    "targetDescription?": TEXT,
    "targetCode?": TEXT,
    "targetFramework?": TEXT,
}
_ACHIEVEMENT = {
    "id": TEXT,
    "type": (["Achievement"],),
    "achievementType": TEXT,
    "name": TEXT,
    "description": TEXT,
    "version?": TEXT,
    "criteria": {"narrative": TEXT},
    "creator": _PROFILE,
    "resultDescription": [{"id": TEXT, "type": (["ResultDescription"],), "name": TEXT, "resultType": ("Result",)}],
    "alignment?": [_ALIGNMENT],
}
_STATUS = {"id": TEXT, "type": TEXT, "statusPurpose": TEXT, "statusListIndex": TEXT, "statusListCredential": TEXT}
SHAPE = {
    "@context": (CONTEXTS,),
    "id": TEXT,
    "type": (TYPES,),
    "name": TEXT,
    "description": TEXT,
    "issuer": _PROFILE,
    "validFrom": TEXT,
    "validUntil?": TEXT,
    "awardedDate": TEXT,
    "credentialSubject": {
        "id": TEXT,
        "type": (["AchievementSubject"],),
        "activityStartDate?": TEXT,
        "activityEndDate": TEXT,
        "identifier": [{"type": ("IdentityObject",), "hashed": FLAG, "identityHash": TEXT, "identityType": TEXT}],
        "achievement": _ACHIEVEMENT,
        "result": [{"type": (["Result"],), "resultDescription": TEXT, "value": TEXT}],
    },
    "credentialStatus": _STATUS,
    "credentialSchema": [{"id": (SCHEMA,), "type": (SCHEMA_KIND,)}],
    "relatedResource": [{"id": TEXT, "digestSRI": TEXT}],
    "proof?": ANY,
}
"""All that a credential of ours may hold, by place. Whatever else stands in one is not covered by its proof."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the did of the key, the site's name and address."""

    did: str
    name: str
    site: str


def credential_of(envelope: Envelope, *, issuer: Issuer, place: Place) -> dict[str, Any]:
    """The credential without its proof. The holder is named in plain words, as on the paper, which travels with it."""
    facts = envelope.facts
    sample = [SAMPLE] if facts["is_sample"] else []
    told = f"{facts['provider_name']} certifies that {facts['holder_name']} has completed “{facts['course_title']}”."
    return {
        "@context": CONTEXTS,
        "id": envelope.verify,
        "type": TYPES,
        "name": title_of(facts),
        "description": " ".join([*sample, told, *_sentence(facts)]),
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.site},
        "validFrom": moment(datetime.fromisoformat(facts["issued_at"])),
        "awardedDate": _noon(facts["completed_on"]),
        "credentialSubject": _subject(envelope, issuer.site),
        "credentialStatus": place.as_entry(),
        "credentialSchema": [{"id": SCHEMA, "type": SCHEMA_KIND}],
        "relatedResource": [resource_of(envelope.sha256)],
    }


def title_of(facts: Frozen) -> str:
    """What the credential is called: it holds the certificate's number."""
    return f"Certificate of completion {facts['number']}"


def resource_of(sha256: str) -> dict[str, str]:
    """The frozen facts, named by their digest alone (RFC 6920), which ties every word of the paper to the proof."""
    digest = bytes.fromhex(sha256)
    short = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return {"id": f"ni:///sha-256;{short}", "digestSRI": f"sha256-{base64.b64encode(digest).decode()}"}


def hours_in(facts: Frozen) -> list[tuple[str, str]]:
    """Each category with its hours, as the credential says them: what is counted, and how much."""
    return [
        (f"{row['category']}: hours of {row['minutes_per_hour']} minutes", in_hours(row["minutes"], row["minutes_per_hour"]))
        for row in facts["hours"]
    ]


def completed_in(facts: Frozen) -> str:
    """The day of completion as the credential says it."""
    return _noon(facts["completed_on"])


def _subject(envelope: Envelope, site: str) -> dict[str, Any]:
    facts, start = envelope.facts, envelope.facts["started_on"]
    counted = [(f"{envelope.verify}#hours-{number}", *row) for number, row in enumerate(hours_in(facts), 1)]
    return {
        "id": f"{envelope.verify}#holder",
        "type": ["AchievementSubject"],
        **({"activityStartDate": _noon(start)} if start else {}),
        "activityEndDate": _noon(facts["completed_on"]),
        "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": facts["holder_name"], "identityType": NAME}],
        "achievement": _achievement(envelope, site, counted),
        "result": [{"type": ["Result"], "resultDescription": address, "value": hours} for address, _, hours in counted],
    }


def _achievement(envelope: Envelope, site: str, counted: list[tuple[str, str, str]]) -> dict[str, Any]:
    facts = envelope.facts
    approvals = [_alignment(approval, envelope.verify) for approval in facts["approvals"]]
    return {
        "id": _named(site, "course", facts["course_key"], facts["course_version"]),
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": facts["course_title"],
        "description": f"{facts['delivery_format']}. Completed {in_words(facts['completed_on'])}.",
        **({"version": facts["course_version"]} if facts["course_version"] else {}),
        "criteria": {"narrative": CRITERIA},
        "creator": {"id": _named(site, "provider", facts["provider_name"]), "type": ["Profile"], "name": facts["provider_name"]},
        "resultDescription": [
            {"id": address, "type": ["ResultDescription"], "name": what, "resultType": "Result"} for address, what, _ in counted
        ],
        **({"alignment": approvals} if approvals else {}),
    }


def _alignment(approval: Mapping[str, Any], verify: str) -> dict[str, Any]:
    """An approval of a body, with the number that it gave; its statement in full."""
    period = " ".join(f"{word} {in_words(approval[name])}" for word, name in (("from", "from"), ("to", "until")) if approval.get(name))
    said = {
        "targetDescription": approval["statement"],
        "targetCode": approval["number"],
        "targetFramework": f"Approval in force {period}" if period else "",
    }
    return {
        "type": ["Alignment"],
        "targetName": f"SAMPLE · {approval['body']}" if approval["sample"] else approval["body"],
        "targetUrl": verify,
        **{name: words for name, words in said.items() if words},
    }


def _sentence(facts: Frozen) -> list[str]:
    return [facts["no_approval_sentence"]] if facts["no_approval_sentence"] else []


def _named(site: str, *parts: str) -> str:
    """A lasting name of a thing of this site, under which nothing need be found."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, '|'.join((site, *parts)))}"


def _noon(day: str) -> str:
    """A day where a moment is asked for: its noon in Greenwich, which is that day in nearly every zone."""
    return moment(datetime.combine(date.fromisoformat(day), time(12), UTC))
