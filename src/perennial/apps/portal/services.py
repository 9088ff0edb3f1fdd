"""A person's whole record in one file: what every area keeps, as JSON, with certificates and proofs beside it."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from perennial.apps.accounts.queries import Person, keys_of, tokens_of
from perennial.apps.appraisals import queries as appraisals
from perennial.apps.assessments import queries as assessments
from perennial.apps.attendance import queries as attendance
from perennial.apps.certificates import queries as certificates
from perennial.apps.clubs import queries as clubs
from perennial.apps.collections import queries as collections
from perennial.apps.courses import queries as courses
from perennial.apps.credits import queries as credits
from perennial.apps.desk import queries as desk
from perennial.apps.evidence import queries as evidence
from perennial.apps.licenses import queries as licenses
from perennial.apps.notices import queries as notices
from perennial.apps.plans import queries as plans
from perennial.apps.practices import queries as practices
from perennial.apps.requirements import queries as requirements
from perennial.apps.resources import queries as resources
from perennial.apps.standing.queries import standing_of
from perennial.apps.trials import queries as trials
from perennial.core.rules.scenario import Scenario, as_json

FORMAT = 1
README = """Your whole record at Perennial
{line}

Made for {name} ({email}) on {made}.

record.json     everything that is kept about you: account, licenses, what rules asked about you, duties done,
                credits with every correction, certificates with their frozen facts, courses read, notes,
                test attempts with each answer, evaluations, commitments and questions recalled after courses, outside
                courses and plans kept, mistakes reported in rules, notices and mails, dead addresses reported, appraisals of
                works with every answer, pairs of raters and practice, practices followed, desks where
                you work and drafts that you began; and how each license stood on the day this was made
certificates/   each certificate as a PDF, named by its number
proofs/         each file that you added as proof, named by the credit's entry and its own name
{missing}
Hours are whole minutes of hours of 60 minutes. Days are written as 2027-02-28; moments carry their offset.
The verdicts are what was read in the rules on that day; the board has the last word.
"""


def write_record(*, person: Person, at: datetime, site: str, target: IO[bytes]) -> None:
    """Write the whole record of one person as a zip file into `target`; nothing of anyone else is in it.

    `site` is the address under which certificates are verified, such as https://ce.example.org.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        missing = [name for name in _proofs(archive, person) if name]
        for certificate in certificates.certificates_of(person):
            archive.writestr(f"certificates/{certificate.number}.pdf", certificates.pdf_of(certificate, site=site, at=at))
        record = {**record_of(person, at), "files_missing": missing}
        archive.writestr("record.json", json.dumps(record, indent=2, ensure_ascii=False, sort_keys=False))
        archive.writestr("README.txt", _readme(person, at, missing))


def record_file(*, person: Person, at: datetime, site: str) -> IO[bytes]:
    """The whole record as an open file on the disk, gone once it is closed; its size is no burden on memory."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    target = tempfile.TemporaryFile(dir=settings.DATA)  # noqa: SIM115  whoever asked for it closes it
    write_record(person=person, at=at, site=site, target=target)
    target.seek(0)
    return target


def record_of(person: Person, at: datetime) -> dict[str, Any]:
    """Everything kept of a person as plain values."""
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "account": _account(person),
        **licenses.export_of(person),
        **notices.export_of(person),
        **credits.export_of(person),
        **certificates.export_of(person),
        **courses.export_of(person),
        **assessments.export_of(person),
        **plans.export_of(person),
        **requirements.export_of(person),
        **resources.export_of(person),
        **practices.export_of(person),
        **appraisals.export_of(person),
        **collections.export_of(person),
        **evidence.export_of(person),
        **trials.export_of(person),
        "journal_clubs": clubs.export_of(person),
        "attendance": attendance.export_of(person),
        **desk.export_of(person),
        "standing": _standing(person, at),
    }


def _account(person: Person) -> dict[str, Any]:
    keys = keys_of(person)
    return {
        "email": person.email,
        "email_confirmed": keys.confirmed,
        "name": person.name,
        "joined_at": person.joined_at.isoformat(),
        "passkeys": keys.passkeys,
        "authenticator_app": keys.app,
        "tokens": [{"name": token.name, "created_at": token.created_at.isoformat()} for token in tokens_of(person)],
    }


def _standing(person: Person, at: datetime) -> list[dict[str, Any]]:
    found = []
    for one in standing_of(person, day=timezone.localdate(at)):
        license = one.license
        scenario = Scenario(str(license.pk), license.jurisdiction, license.profession, one.facts, None)
        found.append({"license": license.pk, "name": one.name, "answer": as_json(scenario, one.answer) if one.answer else None})
    return found


def _proofs(archive: zipfile.ZipFile, person: Person) -> Iterator[str]:
    """Put each proof into the archive; gives the names of those whose file is not there."""
    for history in credits.history_of(person):
        for proof in history.current.proofs:
            name = f"proofs/{history.current.first_id}-{proof.id}-{_safe(proof.name)}"
            try:
                with default_storage.open(proof.path) as source, archive.open(name, "w") as entry:
                    for chunk in source.chunks():
                        entry.write(chunk)
            except FileNotFoundError:
                yield name


def _safe(name: str) -> str:
    """A file name that every system can keep."""
    return re.sub(r"[^\w.\- ]+", "_", name).strip(". ")[-100:] or "file"


def _readme(person: Person, at: datetime, missing: list[str]) -> str:
    lost = "\nNot found on the disk, and so not in this file:\n" + "\n".join(f"  {name}" for name in missing) + "\n" if missing else ""
    made = f"{at.day} {at:%B %Y, %H:%M} UTC"
    return README.format(line="=" * 30, name=person.name or person.email, email=person.email, made=made, missing=lost)
