"""`perennial certificate verify FILE`: whether a certificate is what it says, as far as can be told with no network."""

import json
import os
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from perennial.apps.certificates.facts import Envelope
from perennial.apps.certificates.paper.reading import Page, envelope_in, page_of
from perennial.apps.certificates.paper.words import in_words
from perennial.cli.unusable import Unusable
from perennial.core.values import Problem

UNSIGNED = (
    "A digest shows damage, not who wrote the file: certificates are not signed yet, and anyone can write a digest that fits. "
    "To ask the issuer, open {verify}"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What could be told. `valid` is null where nothing here can confirm it; `known` is null where no tables could be asked."""

    number: str
    valid: bool | None
    intact: bool
    page: str | None
    known: bool | None
    same: bool | None
    revoked_on: str
    sample: bool
    verify: str
    says: tuple[str, ...]


@click.group()
def certificate() -> None:
    """Look at certificates."""


@certificate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(file: Path, as_json: bool) -> int:  # noqa: FBT001  click gives it by name
    """Check FILE, a certificate as PDF or JSON: its digest, its page, and the tables of this installation where they are there.

    Status 0: this installation issued it, nothing was altered, it is not revoked. 1: one of these is not so, or cannot be confirmed.
    """
    data = _read(file)
    try:
        envelope = envelope_in(data)
        finding = judge(envelope, page_of(data, envelope, _folder() / "fonts"), issued(str(envelope.facts.get("number", ""))))
    except (ValueError, KeyError, TypeError) as fault:
        what = str(fault) if isinstance(fault, ValueError) else "the certificate in it is incomplete"
        raise Unusable(Problem(str(file), what, "Give a certificate's PDF as downloaded, or its JSON.")) from None
    if as_json:
        click.echo(json.dumps(asdict(finding), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(finding.says))
    return 0 if finding.valid else 1


def judge(envelope: Envelope, page: Page | None, kept: tuple[str, str] | None) -> Finding:
    """Weigh what is known. `kept` is (digest, day of revocation) in the tables here, ("", "") for an unknown number, None if not asked."""
    facts, known = envelope.facts, None if kept is None else bool(kept[0])
    same = kept[0] == envelope.sha256 if kept and known else None
    revoked_on = (kept[1] if kept else "") or envelope.revoked_on
    wrong = not envelope.intact or page is Page.DIFFERS or same is False or bool(revoked_on)
    valid = False if wrong else (True if known else None)
    says = [
        f"{facts['number']}: {facts['holder_name']}, “{facts['course_title']}”, completed {in_words(facts['completed_on'])}.",
        "Intact: the facts in the file agree with their digest."
        if envelope.intact
        else "Altered: the facts do not agree with their digest.",
        *_about_page(page),
        *(["A sample, not real: no board accepts it."] if facts.get("is_sample") else []),
        *([f"Revoked on {in_words(revoked_on)}: not valid."] if revoked_on else []),
        _about_issuer(known=known, same=same),
    ]
    if valid is None:
        says.append(f"Not confirmed. {UNSIGNED.format(verify=envelope.verify)}")
    return Finding(
        number=facts["number"],
        valid=valid,
        intact=envelope.intact,
        page=page,
        known=known,
        same=same,
        revoked_on=revoked_on,
        sample=bool(facts.get("is_sample")),
        verify=envelope.verify,
        says=tuple(says),
    )


def issued(number: str) -> tuple[str, str] | None:
    """Digest and day of revocation of this number in the tables of this installation; None where there are none to ask."""
    if not (os.environ.get("DATABASE_URL") or (_folder() / "perennial.sqlite3").exists()):
        return None
    import_module("perennial.cli.site").ready()
    queries: Any = import_module("perennial.apps.certificates.queries")
    try:
        found = queries.certificate_by_number(number)
    except import_module("django.db").DatabaseError:
        return None
    except ValueError:  # a number with a character that no table holds
        found = None
    if found is None:
        return "", ""
    return found.facts_sha256, found.revoked_at.date().isoformat() if found.revoked_at else ""


def _about_page(page: Page | None) -> list[str]:
    said = {
        Page.SAME: "The page is byte for byte what these facts give.",
        Page.AGREES: "The page shows the main facts; it was not made by this very version, or was saved anew.",
        Page.DIFFERS: "The page does not show these facts: it was altered.",
    }
    return [said[page]] if page else []


def _about_issuer(*, known: bool | None, same: bool | None) -> str:
    if known is None:
        return "No tables of an installation are here to compare with."
    if not known:
        return "This installation did not issue a certificate with this number."
    return "This installation issued it, with the same facts." if same else "This installation issued this number with other facts."


def _folder() -> Path:
    return Path(os.environ.get("PERENNIAL_DATA") or "data").expanduser()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        what = (fault.strerror or "cannot be read").lower()
        raise Unusable(Problem(str(file), what, "Look at the name of the file.")) from None
