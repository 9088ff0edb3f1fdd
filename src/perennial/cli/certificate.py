"""`perennial certificate`: whether a certificate is what it says, with no network; which issuers are trusted here; the site's own keys."""

import base64
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from perennial.apps.certificates.facts import Frozen
from perennial.apps.certificates.issuers import open_issuer, trust, trusted_in
from perennial.apps.certificates.paper.reading import Page
from perennial.apps.certificates.paper.words import in_words
from perennial.apps.certificates.verifying import Around, Fault, Forged, Found, look, told_of
from perennial.cli.unusable import Unusable
from perennial.core.values import Problem

LARGEST_BYTES = 20 * 1024 * 1024
HOW_TO_TRUST = (
    "To trust it, get its file of public keys where you know that the provider gives it, such as {address}, "
    "compare the fingerprint, and run: perennial certificate trust FILE"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What could be told. `valid` is null where nothing here can confirm it; `known` is null where no tables could be asked.

    `faults` are codes of what is wrong; `signed_by` is the did that signed; `issuer` its name where it is trusted; `as_of` the moment of
    the newest status list at hand, of which `revoked` is the answer together with the tables.
    """

    number: str
    valid: bool | None
    intact: bool
    page: str | None
    signed_by: str
    issuer: str
    faults: tuple[str, ...]
    revoked: bool
    as_of: str
    known: bool | None
    same: bool | None
    revoked_on: str
    sample: bool
    verify: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the tables here hold under a number: digest of the facts and day of revocation, both empty where they hold none; and whether
    the key that signed the credential is one of this site's."""

    sha256: str = ""
    revoked_on: str = ""
    signed_here: bool = False


@click.group()
def certificate() -> None:
    """Verify certificates with no network, say which issuers are trusted here, and hand out this site's public keys."""


@certificate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--status", "listed", type=click.Path(path_type=Path), help="A newer status list of the issuer, as its site serves it.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def verify(file: Path, listed: Path | None, as_json: bool) -> int:  # noqa: FBT001  click gives it by name
    """Check FILE, a certificate as PDF, JSON or token: signatures, facts, page, status, and the tables here where they are there.

    Status 0: an issuer that is trusted here signed it, nothing was altered, and it is not revoked as of the newest list at hand. 1: one
    of these is not so, or cannot be confirmed. 2: the file cannot be used.
    """
    data, status = _read(file), _read(listed) if listed else None
    around = Around(datetime.now(UTC), trusted_in(_folder()), status, _folder() / "fonts")
    try:
        found = look(data, around)
        facts = found.envelope.facts if found.envelope else told_of(found.document or {})
        finding = judge(found, facts, issued(str(facts.get("number", "")), found.did))
    except Forged as fault:
        finding = _forged(str(fault))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        what = str(fault) if isinstance(fault, ValueError) else "the certificate in it is incomplete"
        raise Unusable(Problem(str(file), what, "Give a certificate's PDF as downloaded, its JSON, or its token.")) from None
    click.echo(json.dumps(asdict(finding), ensure_ascii=False, indent=1) if as_json else "\n".join(finding.says))
    return 0 if finding.valid else 1


@certificate.command("trust")
@click.argument("file", type=click.Path(path_type=Path))
def trust_issuer(file: Path) -> int:
    """Trust the issuer whose public keys are in FILE, from now on and with no network."""
    try:
        issuer = open_issuer(_read(file))
    except ValueError as fault:
        raise Unusable(Problem(str(file), str(fault), "Give what `perennial certificate issuer` wrote on the issuer's machine.")) from None
    trust(_folder(), issuer)
    click.echo(f"{issuer.name} is trusted here. Fingerprint: {issuer.fingerprint}")
    click.echo("Compare the fingerprint with the issuer on another way than the one by which the file came.")
    return 0


@certificate.command("issuer")
@click.argument("out", type=click.Path(path_type=Path))
def tell_issuer(out: Path) -> int:
    """Write this site's public keys, those of before too, into OUT, for others to trust. Nothing secret is in it."""
    issuer = _site("perennial.apps.certificates.queries").issuer_profile(datetime.now(UTC))
    out.write_bytes(issuer.as_json())
    click.echo(f"{out}: the public keys of {issuer.name}. Fingerprint: {issuer.fingerprint}")
    return 0


@certificate.command("new-keys")
@click.confirmation_option(prompt="Sign with new keys from now on? Who trusts this site needs its new file of public keys then.")
def renew_keys() -> int:
    """Put new keys in the place of those that sign now; what these signed stays good, and their private parts are gone."""
    signing = _site("perennial.apps.certificates.signing")
    click.echo(f"New certificates are signed by {signing.new_issuer_keys(datetime.now(UTC)).keys.did}.")
    return 0


def judge(found: Found, facts: Frozen, kept: Kept | None) -> Finding:
    """Weigh what is known. `kept` is what the tables here hold, None where they were not asked."""
    envelope, known = found.envelope, None if kept is None else bool(kept.sha256)
    same = _same(found, kept) if kept and known else None
    revoked_on = (kept.revoked_on if kept else "") or (envelope.revoked_on if envelope else "")
    revoked = bool(revoked_on) or found.revoked
    valid = False if found.faults or revoked or same is False else (True if same or _confirmed(found) else None)
    return Finding(
        number=str(facts["number"]),
        valid=valid,
        intact=not any(fault is Fault.DIGEST for fault, _ in found.faults),
        page=found.page,
        signed_by=found.did,
        issuer=found.issuer.name if found.issuer else "",
        faults=tuple(dict.fromkeys(fault.value for fault, _ in found.faults)),
        revoked=revoked,
        as_of=found.as_of.isoformat() if found.as_of else "",
        known=known,
        same=same,
        revoked_on=revoked_on,
        sample=bool(facts.get("is_sample")),
        verify=envelope.verify if envelope else str((found.document or {}).get("id", "")),
        says=tuple(_says(found, facts, (known, same), revoked_on=revoked_on, valid=valid)),
    )


def _forged(why: str) -> Finding:
    """What can be told of a token that nobody vouches for: why, and nothing that it says of itself."""
    return Finding(
        number="",
        valid=False,
        intact=False,
        page=None,
        signed_by="",
        issuer="",
        faults=(Fault.PROOF.value,),
        revoked=False,
        as_of="",
        known=None,
        same=None,
        revoked_on="",
        sample=False,
        verify="",
        says=(f"The credential is not to be trusted: {why}.", "Not valid."),
    )


def _confirmed(found: Found) -> bool:
    """Whether an issuer that is trusted here signed all of it."""
    return found.issuer is not None and not found.unsigned


def _same(found: Found, kept: Kept) -> bool:
    """Whether the file says what the tables hold. Facts are told by their digest; a credential alone only names it, as anybody can who
    has seen the true one, so that a key of this site must have signed it."""
    if found.envelope:
        return found.envelope.sha256 == kept.sha256
    name = (found.document or {})["relatedResource"][0]["digestSRI"]
    return kept.signed_here and base64.b64decode(str(name).removeprefix("sha256-")).hex() == kept.sha256


def _says(found: Found, facts: Frozen, tables: tuple[bool | None, bool | None], *, revoked_on: str, valid: bool | None) -> list[str]:
    head = f"{facts['number']}: {facts['holder_name']}, “{facts['course_title']}”, completed {in_words(facts['completed_on'])}."
    parts: list[Callable[[], list[str]]] = [
        lambda: [words for _, words in found.faults],
        lambda: _about_signature(found),
        lambda: _about_page(found.page),
        lambda: ["A sample, not real: no board accepts it."] if facts.get("is_sample") else [],
        lambda: [f"Revoked on {in_words(revoked_on)}: not valid."] if revoked_on else _about_status(found),
        lambda: _about_tables(*tables),
        lambda: _about_issuer(found),
    ]
    last = {True: "Valid.", False: "Not valid.", None: f"Not confirmed. To ask the issuer, open {_verify(found)}"}[valid]
    return [head, *(words for part in parts for words in part()), last]


def _verify(found: Found) -> str:
    return found.envelope.verify if found.envelope else str((found.document or {}).get("id", ""))


def _about_signature(found: Found) -> list[str]:
    broken = {fault for fault, _ in found.faults} & {Fault.PDF, Fault.PROOF, Fault.PARTS, Fault.FACTS}
    if found.unsigned:
        return [
            "The PDF is not signed: it was made before this site signed, or saved anew by another program, which takes the signature away. "
            "Ask its holder for the PDF as it was downloaded; the issuer makes it anew, signed."
        ]
    if broken or not (found.did or found.seal):
        return [] if broken else ["Nobody signed it. A digest shows damage, not who wrote the file: anyone can write a digest that fits."]
    day = f" since {_day(found.seal.at)}" if found.seal else ""
    return [f"Signature whole: nothing was changed{day}."]


def _about_page(page: Page | None) -> list[str]:
    said = {
        Page.SAME: "The page is byte for byte what these facts give.",
        Page.AGREES: "The page shows the main facts; it was not made by this very version, or was saved anew.",
    }
    return [said[page]] if page in said else []


def _about_status(found: Found) -> list[str]:
    if not found.document or found.revoked:
        return []
    if found.as_of:
        return [f"Not revoked as of {_day(found.as_of)}. A newer list can be given by --status."]
    address = found.document.get("credentialStatus", {}).get("statusListCredential", "")
    return [f"Whether it was revoked is not known: no status list is at hand. Give one by --status; its issuer serves it at {address}"]


def _about_tables(known: bool | None, same: bool | None) -> list[str]:  # noqa: FBT001  yes, no, or not asked
    if known is None:
        return []
    if not known:
        return ["The tables of this installation hold no certificate with this number."]
    return ["The tables of this installation hold it, with the same facts." if same else "They hold this number with other facts."]


def _about_issuer(found: Found) -> list[str]:
    if found.issuer:
        return [f"Issued by {found.issuer.name}, which is trusted here."]
    if not found.did or not found.document or any(fault is Fault.PARTS for fault, _ in found.faults):
        return []
    told = found.document["issuer"]
    how = HOW_TO_TRUST.format(address=f"{told.get('url', '')}/credentials/issuer.json")
    return [f"Its issuer is not known here. It calls itself {told['name']} ({found.did}); anyone can call themselves that. {how}"]


def issued(number: str, did: str) -> Kept | None:
    """What the tables of this installation hold under this number, and whether the did is theirs; None where there are none to ask."""
    if not (os.environ.get("DATABASE_URL") or (_folder() / "perennial.sqlite3").exists()):
        return None
    queries = _site("perennial.apps.certificates.queries")
    try:
        found = queries.certificate_by_number(number)
        own = queries.issuer_file() if did else None
    except import_module("django.db").DatabaseError:
        return None
    except ValueError:  # a number with a character that no table holds
        found = None
    if found is None:
        return Kept()
    revoked_on = found.revoked_at.date().isoformat() if found.revoked_at else ""
    return Kept(found.facts_sha256, revoked_on, own is not None and own.did(did) is not None)


def _site(module: str) -> Any:
    """A module of the site, which is made ready for it."""
    import_module("perennial.cli.site").ready()
    return import_module(module)


def _folder() -> Path:
    return Path(os.environ.get("PERENNIAL_DATA") or "data").expanduser()


def _day(at: datetime) -> str:
    return in_words(at.astimezone(UTC).date().isoformat())


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise Unusable(Problem(str(file), "is larger than 20 MB", "A certificate is a hundred times smaller; look at the name."))
        return file.read_bytes()
    except OSError as fault:
        what = (fault.strerror or "cannot be read").lower()
        raise Unusable(Problem(str(file), what, "Look at the name of the file.")) from None
