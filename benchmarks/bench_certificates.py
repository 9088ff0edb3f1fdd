"""How long a certificate takes: tagged alone, and with credential, status list and signature; and to verify one. No tables.

With BENCH_PEER_PYTHON (a Python with weasyprint, typst, reportlab, segno, pikepdf) and BENCH_PEER (the folder of the peers' bench.py), the
peers make as many of theirs in the same run, each in a process of its own, with the same fixed mask of the QR code.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from benchmarks.result import Result
from perennial.apps.certificates.credential import Issuer, credential_of
from perennial.apps.certificates.facts import CertificateFacts, Envelope, digest, freeze
from perennial.apps.certificates.issuer_keys import new_keys
from perennial.apps.certificates.paper.pdf import CREDENTIAL, STATUS, render
from perennial.apps.certificates.paper.signing import signed
from perennial.apps.certificates.verifying import Around, look
from perennial.core.badges.proofs import proven
from perennial.core.badges.status import Place, list_document

NUMBER = 200
AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
SITE, LIST = "https://ce.example.org", "https://ce.example.org/credentials/status/1"
KEYS = new_keys(name="ce.example.org", at=AT)
PEERS = ("typst_ua", "weasyprint_ua", "reportlab")


def envelope(number: int) -> Envelope:
    """A certificate like those of the starter library."""
    facts = CertificateFacts(
        holder_name=f"Zoë Ångström-Núñez {number}",
        course_title="Ethics and Confidentiality in Telehealth Practice",
        course_key="perennial:telehealth",
        course_version="1",
        provider_name="Example Provider",
        delivery_format="Asynchronous, text course with post-test",
        completed_on=date(2026, 11, 25),
        hours=[{"category": "General", "minutes": 180, "minutes_per_hour": 60}],
        responsible_person="The contributors of Perennial",
        review_state="Not yet reviewed by a licensed clinician",
        licenses=[{"jurisdiction": "Texas", "credential": "LPC", "number": "00012345"}],
        topics={"ethics": 180},
    )
    frozen = freeze(facts, number=f"PER-2026-{number:06d}", issued_at=AT, topic_names={"ethics": "Ethics"})
    return Envelope(frozen, digest(frozen), f"{SITE}/verify/{number:043d}")


def whole(number: int) -> bytes:
    """All that a download makes: credential with its proof, the signed list, the page, the signature."""
    made, issuer = envelope(number), Issuer(KEYS.did, "ce.example.org", SITE)
    credential = proven(credential_of(made, issuer=issuer, place=Place(LIST, number)), KEYS.credential, created=AT)
    listed = proven(list_document(address=LIST, issuer=KEYS.did, revoked=[7], at=AT), KEYS.credential, created=AT)
    enclosed = {CREDENTIAL: json.dumps(credential).encode(), STATUS: json.dumps(listed).encode()}
    return signed(render(made, enclosed=enclosed), KEYS, at=AT)


def each(work: Callable[[int], object]) -> tuple[float, float]:
    """The medians of NUMBER different ones in milliseconds, of processor time and by the clock; the first is left out."""
    work(0)
    busy, clock = [], []
    for number in range(1, NUMBER + 1):
        began, used = time.perf_counter(), time.process_time()
        work(number)
        busy.append((time.process_time() - used) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    return median(busy), median(clock)


def measured(name: str, work: Callable[[int], object], budget: float) -> Result:
    """Processor time against the budget; the clock, which other work on the machine slows, beside it."""
    busy, clock = each(work)
    return Result(f"{name}, one of {NUMBER}, processor time (by the clock {clock:.1f} ms)", busy, "ms", budget)


def measure() -> Iterator[Result]:
    """Ours, and the peers where they are named, these by the clock."""
    yield measured("a tagged certificate", lambda number: render(envelope(number)), 25)
    yield measured("a signed certificate with its credential", whole, 80)
    files = [whole(number) for number in range(NUMBER + 1)]
    yield measured("to verify a certificate", lambda number: look(files[number], Around(AT)), 120)
    python, folder = os.environ.get("BENCH_PEER_PYTHON"), os.environ.get("BENCH_PEER")
    for engine in PEERS if python and folder else ():
        command = [str(python), str(Path(str(folder)) / "bench.py"), engine, str(NUMBER)]
        done = subprocess.run(command, env={**os.environ, "QR_MASK": "3"}, check=True, capture_output=True, text=True)
        yield Result(f"a certificate by {engine}, by the clock", json.loads(done.stdout.splitlines()[-1])["median_ms"], "ms", 1000)
