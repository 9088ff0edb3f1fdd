"""A person goes from the dashboard to the audit packet, small and large, and what comes down opens and says what the site says."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from perennial.apps.standing.packet.builders import paper, picture
from tests.journeys.conftest import WORKER_MS
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
TODAY = datetime.now(UTC).date()
DUE = TODAY + timedelta(days=60)
MANY = 14


def call(page: Page, path: str, **sent: Any) -> Any:
    """Ask the API as this page's person; gives what it answers."""
    token = next((c["value"] for c in page.context.cookies() if c["name"] == "csrftoken"), "")
    headers = {"X-CSRFToken": token, "Referer": page.url}
    answer = page.request.post(f"/api/v1/{path}", headers=headers, **sent) if sent else page.request.get(f"/api/v1/{path}")
    assert answer.ok, answer.text()
    return answer.json()


def add_license(page: Page) -> int:
    """Follow a license; gives its number."""
    page.goto(f"/licenses/add?state=NM&profession=clinical_social_worker&expires={DUE.isoformat()}&issued={DUE.year - 8}-03-01")
    page.get_by_label("License number").fill("N-204")
    page.get_by_role("button", name="Follow this license").click()
    expect(page.get_by_role("main")).to_contain_text("is on your dashboard")
    return int(call(page, "licenses")[0]["id"])


def add_credit(page: Page, number: int, *files: tuple[str, bytes]) -> None:
    """A credit earned elsewhere, with these proofs."""
    facts = {
        "key": f"packet-{number}",
        "title": f"Course {number}",
        "provider_name": "Stillwater Seminars (sample)",
        "completed_on": (TODAY - timedelta(days=10 + number)).isoformat(),
        "hours": "1.5",
        "format": "live_online",
        "approvals": ["ASWB_ACE"],
    }
    entry = call(page, "record", data=facts)["id"]
    for name, data in files:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        call(page, f"record/{entry}/proofs", multipart={"file": file})


def fetched(page: Page, press: Callable[[], None]) -> tuple[str, bytes]:
    """The name and the bytes of what comes down."""
    with page.expect_download() as download:
        press()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_dashboard_to_an_audit_packet(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], script: bool
) -> None:
    page = open_page(script=script)
    sign_up(page, f"packet-{script}@example.org".lower(), "Terry Sample")
    license = add_license(page)
    add_credit(page, 1, ("two pages.pdf", paper("Stillwater certificate", pages=2)), ("photo.jpg", picture()))
    add_credit(page, 2, ("broken.pdf", b"%PDF-1.7 broken"))
    add_credit(page, 3)

    page.goto("/dashboard/")
    page.get_by_role("link", name="see what an auditor would find").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("audit check")
    name, pdf = fetched(page, page.get_by_role("button", name="Audit packet").click)
    assert name == f"audit-packet-new-mexico-clinical-social-worker-{TODAY.isoformat()}.pdf"
    says_what_the_site_says(page, license, pdf)
    name, archive = fetched(page, page.get_by_role("button", name="ZIP").click)
    holds_every_file(archive, pdf)

    if script:
        assert_accessible(page)
    page.goto(f"/dashboard/{license}/")
    assert fetched(page, page.get_by_role("button", name="Audit packet").click)[1].startswith(b"%PDF-")
    if script:
        assert_accessible(page)


def says_what_the_site_says(page: Page, license: int, pdf: bytes) -> None:
    """Cover, table, certificates in the order of their credits, and the data that the API gives."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    text = dict(zip(reader.page_labels, (sheet.extract_text() for sheet in reader.pages), strict=True))
    cover = text["1"]
    for words in ("Audit packet", "Terry Sample", "N-204", "New Mexico", f"{DUE.day} {DUE:%B} {DUE.year}", "Missing"):
        assert words in cover, words
    told = call(page, f"standing/licenses/{license}/packet")
    total = next(line for line in told["answer"]["lines"] if line["requirement"] == "total")
    tables = "".join(words for label, words in text.items() if label.isdecimal())
    assert f"{total['counted']:g} of {total['asked']:g} CE hours" in tables
    assert all(words in tables for words in ("Course 1", "Course 2", "Course 3", "Stillwater Seminars (sample)", total["source"]["cite"]))
    proofs = [label for label in reader.page_labels if not label.isdecimal()]
    assert proofs == [
        "Certificate 1 of 3",
        "Certificate 2 of 3, page 1",
        "Certificate 2 of 3, page 2",
        "Certificate 3 of 3",
        "Without certificate 1 of 1",
    ]
    assert "damaged" in text["Certificate 1 of 3"]
    assert "Stillwater certificate, page 2" in text["Certificate 2 of 3, page 2"]
    assert json.loads(reader.attachments["packet.json"][0]) == told


def holds_every_file(archive: bytes, pdf: bytes) -> None:
    """The ZIP has the same data as the PDF, and each file as it was sent."""
    with zipfile.ZipFile(io.BytesIO(archive)) as inside:
        files = {name.partition(" ")[2]: inside.read(name) for name in inside.namelist() if name.startswith("certificates/")}
        told = inside.read("packet.json")
    assert files == {"two pages.pdf": paper("Stillwater certificate", pages=2), "photo.jpg": picture(), "broken.pdf": b"%PDF-1.7 broken"}
    assert told == pypdf.PdfReader(io.BytesIO(pdf)).attachments["packet.json"][0]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_large_packet_is_made_by_the_worker(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], script: bool
) -> None:
    page = open_page(script=script)
    sign_up(page, f"large-packet-{script}@example.org".lower(), "Lee Sample")
    license = add_license(page)
    for number in range(MANY):
        add_credit(page, number, (f"{number}.pdf", paper(f"Paper {number}")))
    page.goto(f"/standing/{license}/audit/")
    page.get_by_role("button", name="Audit packet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("audit packet")
    ready = page.get_by_role("heading", name="It is ready")
    again = page.get_by_role("button", name="Look again")
    until = monotonic() + WORKER_MS / 1000
    while not script and not ready.is_visible() and monotonic() < until:
        page.wait_for_timeout(250)
        again.click()
    expect(ready).to_be_visible(timeout=WORKER_MS)
    _, pdf = fetched(page, page.get_by_role("link", name="Audit packet (PDF)").click)
    assert f"Certificate {MANY} of {MANY}" in pypdf.PdfReader(io.BytesIO(pdf)).page_labels
    if script:
        assert_accessible(page)
