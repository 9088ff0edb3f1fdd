"""`perennial certificate verify`: what it can tell, and what it cannot."""

import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings

from perennial.apps.certificates.builders import AT, make_certificate, make_facts
from perennial.apps.certificates.facts import Envelope, digest
from perennial.apps.certificates.paper.pdf import render
from perennial.apps.certificates.paper.test_pdf import envelope
from perennial.apps.certificates.queries import Certificate, credential_file, envelope_of, pdf_of, status_file
from perennial.apps.certificates.services import revoke_certificate
from perennial.cli.certificate import certificate
from perennial.cli.unusable import Unusable
from perennial.core.badges.builders import OTHER_KEY
from perennial.core.badges.keys import did_of
from perennial.core.badges.proofs import proven
from perennial.core.badges.tokens import token_of

SITE = "https://ce.example.org"
PROGRAM = """
import sys
from perennial.cli import main
sys.argv = ["perennial", "certificate", "verify", sys.argv[1]]
try:
    main()
finally:
    print("django" in sys.modules)
"""


@dataclass(frozen=True)
class Issuing:
    """A certificate and its files."""

    certificate: Certificate
    pdf: bytes
    credential: bytes


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without an installation's tables."""
    monkeypatch.setenv("PERENNIAL_DATA", str(tmp_path / "none"))
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def at_home(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The machine of the site that issued it; its tables are those of the tests."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "perennial.sqlite3").touch()
    monkeypatch.setenv("PERENNIAL_DATA", str(tmp_path / "home"))


def run(*words: str) -> str:
    result = CliRunner().invoke(certificate, words, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.output


def verify(tmp_path: Path, data: bytes, *words: str, name: str = "certificate.pdf") -> tuple[int, dict[str, Any]]:
    file = tmp_path / name
    file.write_bytes(data)
    result = CliRunner().invoke(certificate, ["verify", str(file), "--json", *words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.return_value, json.loads(result.output)


def test_an_intact_file_alone_is_not_called_valid_and_the_reason_is_said(alone: None, tmp_path: Path) -> None:
    status, found = verify(tmp_path, render(envelope()))
    assert status == 1
    assert (found["valid"], found["intact"], found["page"], found["known"]) == (None, True, "same", None)
    assert any("The PDF is not signed" in words for words in found["says"])
    assert envelope().verify in found["says"][-1]


def test_changed_facts_are_found_with_no_tables(alone: None, tmp_path: Path) -> None:
    sealed = envelope()
    forged = Envelope({**sealed.facts, "holder_name": "Someone Else"}, sealed.sha256, sealed.verify)
    status, found = verify(tmp_path, forged.as_json(), name="certificate.json")
    assert (status, found["valid"], found["intact"]) == (1, False, False)


def test_looking_leaves_no_folder_behind(alone: None, tmp_path: Path) -> None:
    verify(tmp_path, render(envelope()))
    assert not (tmp_path / "none").exists()


def test_the_issuer_confirms_its_own(at_home: None, tmp_path: Path) -> None:
    issued = make_certificate()
    for data in (pdf_of(issued, site=SITE), envelope_of(issued, site=SITE).as_json()):
        status, found = verify(tmp_path, data)
        assert (status, found["valid"], found["same"]) == (0, True, True)


def test_the_issuer_knows_of_a_revocation_that_the_file_does_not(at_home: None, tmp_path: Path) -> None:
    issued = make_certificate()
    before = pdf_of(issued, site=SITE)
    after = pdf_of(revoke_certificate(certificate=issued, reason="Issued in error", at=AT), site=SITE)
    for data in (before, after):
        status, found = verify(tmp_path, data)
        assert (status, found["valid"], found["revoked_on"]) == (1, False, "2026-11-25")


def test_a_forgery_with_a_fitting_digest_is_found_by_the_issuer(at_home: None, tmp_path: Path) -> None:
    make_certificate()
    status, found = verify(tmp_path, render(envelope(make_facts(holder_name="Someone Else"))))
    assert found["number"] == "PER-2026-000001"
    assert (status, found["intact"], found["page"], found["same"], found["valid"]) == (1, True, "same", False, False)


def test_a_number_that_was_never_given_is_not_confirmed(at_home: None, tmp_path: Path) -> None:
    status, found = verify(tmp_path, render(envelope()))
    assert (status, found["known"], found["valid"]) == (1, False, None)


def test_a_number_that_no_table_could_hold_is_not_confirmed(at_home: None, tmp_path: Path) -> None:
    facts = {**envelope().facts, "number": "a\x00b"}
    status, found = verify(tmp_path, Envelope(facts, digest(facts), SITE).as_json())
    assert (status, found["valid"]) == (1, None)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7 broken", b'{"perennial_certificate": 1, "facts": {}, "sha256": "", "verify": ""}']
)
def test_what_is_no_certificate_is_told_in_one_line(alone: None, tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unusable) as fault:
        verify(tmp_path, data)
    assert "certificate.pdf: " in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.fixture
def elsewhere(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Issuing:
    """What a site issued, and a machine that has nothing of it; the site, its tables and its courses could be gone."""
    issued, now = make_certificate(), datetime.now(UTC)
    made = Issuing(issued, pdf_of(issued, site=SITE, at=now), credential_file(issued, site=SITE, at=now))
    run("issuer", str(tmp_path / "issuer.json"))
    monkeypatch.setenv("PERENNIAL_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return made


def test_another_machine_takes_it_once_the_issuer_is_trusted(elsewhere: Issuing, tmp_path: Path) -> None:
    status, found = verify(tmp_path, elsewhere.pdf)
    assert (status, found["valid"], found["issuer"], found["faults"]) == (1, None, "", [])
    assert any("Signature whole" in words for words in found["says"])
    assert any("issuer is not known here" in words for words in found["says"])
    assert "Fingerprint" in run("trust", str(tmp_path / "issuer.json"))
    for data in (elsewhere.pdf, elsewhere.credential):
        status, found = verify(tmp_path, data)
        assert (status, found["valid"], found["known"]) == (0, True, None)
        assert found["says"][-1] == "Valid."
    assert any(words.startswith("Whether it was revoked is not known") for words in found["says"])
    assert any(words.startswith("Not revoked as of ") for words in verify(tmp_path, elsewhere.pdf)[1]["says"])


def test_a_newer_list_tells_another_machine_of_a_revocation(elsewhere: Issuing, tmp_path: Path) -> None:
    run("trust", str(tmp_path / "issuer.json"))
    revoke_certificate(certificate=elsewhere.certificate, reason="Issued in error", at=AT)
    newer = status_file(elsewhere.certificate.place.number, at=datetime.now(UTC))
    (tmp_path / "list.json").write_bytes(newer or b"")
    status, found = verify(tmp_path, elsewhere.pdf, "--status", str(tmp_path / "list.json"))
    assert (status, found["valid"], found["revoked"], found["faults"]) == (1, False, True, ["revoked"])
    assert any("revoked it: it is not valid" in words for words in found["says"])


def test_a_changed_byte_is_found_on_another_machine(elsewhere: Issuing, tmp_path: Path) -> None:
    """At places drawn anew for each certificate, since its signature differs each time; what breaks the file is told in one line."""
    run("trust", str(tmp_path / "issuer.json"))
    for place in random.Random(elsewhere.pdf).sample(range(len(elsewhere.pdf)), 12):
        changed = bytearray(elsewhere.pdf)
        changed[place] ^= 1 << place % 8
        with suppress(Unusable):  # the file is broken, which one line tells
            status, found = verify(tmp_path, bytes(changed))
            assert (status, found["valid"]) == (1, False), place
            assert "pdf-changed" in found["faults"], place


def test_new_keys_leave_old_certificates_valid(elsewhere: Issuing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERENNIAL_DATA", str(settings.DATA))
    assert "did:key:" in run("new-keys", "--yes")
    run("issuer", str(tmp_path / "newer.json"))
    newer = pdf_of(make_certificate(at=datetime.now(UTC)), site=SITE, at=datetime.now(UTC))
    monkeypatch.setenv("PERENNIAL_DATA", str(tmp_path / "third"))
    run("trust", str(tmp_path / "newer.json"))
    assert [verify(tmp_path, data)[0] for data in (elsewhere.pdf, newer)] == [0, 0]


def test_a_token_that_nobody_signed_is_not_valid_and_nothing_it_says_is_told(alone: None, tmp_path: Path) -> None:
    token = tmp_path / "token.jwt"
    token.write_bytes(b"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJuYW1lIjoiRXZlIn0.")
    done = CliRunner().invoke(certificate, ["verify", str(token), "--json"], standalone_mode=False)
    found = json.loads(done.output)
    assert (done.return_value, found["valid"], found["faults"], found["number"]) == (1, False, ["credential-changed"], "")
    assert "signed by 'none'" in found["says"][0]


def test_a_file_that_is_no_issuers_is_not_trusted(alone: None, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(Unusable, match="no file of an issuer"):
        run("trust", str(tmp_path / "other.json"))


def test_a_huge_file_is_not_read(alone: None, tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    with pytest.raises(Unusable, match="larger than 20 MB"):
        run("verify", str(tmp_path / "huge.pdf"))


def test_it_starts_without_the_site(tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(render(envelope()))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PERENNIAL_DATA": str(tmp_path / "none")},
    )
    assert done.returncode == 1
    assert done.stdout.splitlines()[0].startswith("PER-2026-000001: Žofia O'Brien")
    assert done.stdout.splitlines()[-1] == "False"


def test_a_file_that_is_not_there_has_status_two(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "perennial.cli", "certificate", "verify", str(tmp_path / "none.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_credential_that_a_stranger_signed_anew_borrows_nothing_from_the_tables(at_home: None, tmp_path: Path) -> None:
    """Its digest, number and shape are those of a true certificate; the name is another, and so is the key."""
    issued = make_certificate()
    true = credential_file(issued, site=SITE, at=datetime.now(UTC))
    assert verify(tmp_path, true)[0] == 0
    document = json.loads(true)
    del document["proof"]
    document["issuer"]["id"] = did_of(OTHER_KEY.public_key())
    for holder in (document["credentialSubject"]["identifier"][0]["identityHash"], "Mallory Example"):
        document["credentialSubject"]["identifier"][0]["identityHash"] = holder
        forged = json.dumps(proven(document, OTHER_KEY, created=AT)).encode()
        token = token_of(document, OTHER_KEY, not_before=int(AT.timestamp())).encode()
        for data in (forged, token):
            status, found = verify(tmp_path, data)
            assert (status, found["valid"], found["same"]) == (1, False, False)
