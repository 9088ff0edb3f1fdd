"""A new author: from an empty desk to a published course with two approvals; its certificate is verified elsewhere, then revoked."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.learning import evaluate_course, questions_on, read_on, stem_of
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
AUTHOR = ("imani@example.org", "Imani Sample")
LEARNER = ("lee.sample@example.org", "Lee Sample")
PROVIDER, DESK = "Lantern House Training (sample)", "lantern-house-training-sample"
TITLE, COURSE = "Sleep and grief", "sleep-and-grief"
ADDRESS = f"/desk/{DESK}/courses/{COURSE}"
TODAY = datetime.now(UTC).date()
WORDS = 3_100
AT = re.compile(r"^Saved \d\d:\d\d")
QUESTIONS, ASKED = 6, 3
# Invented statements in our own words, with what each body looks for.
APPROVALS = {
    "NBCC": (
        "NBCC_ACEP",
        "9999",
        f"{PROVIDER} holds an approval of NBCC, ACEP No. 9999. Where hours are not eligible under it, we say so beside them. "
        "The responsibility for this program is ours alone.",
    ),
    "ASWB": (
        "ASWB_ACE",
        "9998",
        f"{PROVIDER} (no. 9998) is approved by ASWB in its ACE program from {{first}} to {{last}}. Whether a course counts is for your "
        "board to decide. We bear the responsibility for this course.",
    ),
}


def test_from_an_empty_desk_to_a_certificate_that_is_revoked(
    open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    author = open_page()
    open_a_desk(author, assert_accessible)
    enter_papers(author)
    for name in APPROVALS:
        enter_approval(author, name)
    begin_the_course(author, assert_accessible)
    write_the_sections(author, assert_accessible)
    write_the_questions(author)
    say_who_declared_and_what_is_asked(author)
    check_and_publish(author, assert_accessible)
    two_at_once(author)
    take_the_folder_home(author)
    learner = open_page()
    number = take_the_course(learner)
    assert_accessible(learner)
    elsewhere = Elsewhere(tmp_path)
    paper = fetched(learner, f"/certificates/{number}.pdf", tmp_path)
    verify_elsewhere(elsewhere, paper, fetched(learner, "/credentials/issuer.json", tmp_path))
    revoke(author, number, assert_accessible)
    learner.goto(f"/certificates/{number}")
    learner.get_by_role("link", name="Public page").click()
    expect(learner.get_by_role("main")).to_contain_text("The test was taken by another person.")
    credential = json.loads(fetched(learner, f"/certificates/{number}.json", tmp_path).read_bytes())
    entry = urlsplit(credential["credentialStatus"]["statusListCredential"])
    lists = fetched(learner, entry.path, tmp_path)
    status, told = elsewhere.run("verify", paper, "--status", lists)
    assert (status, told["revoked"], told["valid"]) == (1, True, False)


@dataclass(frozen=True)
class Elsewhere:
    """Another machine: a data folder that has never seen the site, and a command that reaches no network."""

    home: Path

    def run(self, *words: str | Path) -> tuple[int, dict[str, Any]]:
        """`perennial certificate …` there: its exit status, and what it told where it tells JSON."""
        environment = {"PATH": os.environ["PATH"], "PERENNIAL_DATA": str(self.home / "elsewhere"), "HTTPS_PROXY": "http://127.0.0.1:9"}
        command = [sys.executable, "-m", "perennial.cli", "certificate", *map(str, words), *(["--json"] if words[0] == "verify" else [])]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
        return done.returncode, json.loads(done.stdout) if words[0] == "verify" else {}


def fetched(page: Page, address: str, folder: Path) -> Path:
    """A file of the site, as its reader keeps it."""
    answer = page.request.get(address)
    assert answer.ok, f"{address}: {answer.status}"
    path = folder / address.strip("/").replace("/", "-")
    path.write_bytes(answer.body())
    return path


def verify_elsewhere(elsewhere: Elsewhere, paper: Path, issuer: Path) -> None:
    """The signature holds before the issuer is trusted, the certificate after; one changed bit is found."""
    status, told = elsewhere.run("verify", paper)
    assert (status, told["intact"], told["valid"]) == (1, True, None), told
    assert elsewhere.run("trust", issuer)[0] == 0
    status, told = elsewhere.run("verify", paper)
    assert (status, told["valid"], told["revoked"]) == (0, True, False), told
    changed = bytearray(paper.read_bytes())
    changed[len(changed) // 2] ^= 1
    forged = paper.with_name("forged.pdf")
    forged.write_bytes(changed)
    status, told = elsewhere.run("verify", forged)
    assert (status, told["valid"]) == (1, False), told
    assert told["faults"]


def revoke(page: Page, number: str, accessible: Callable[[Page], None]) -> None:
    """The provider's administrator revokes the certificate, with a reason."""
    page.goto(f"/desk/{DESK}/")
    page.get_by_role("link", name="Certificates issued").click()
    page.get_by_role("link", name=f"{number}: {LEARNER[1]}").click()
    page.get_by_label("Why it is revoked").fill("The test was taken by another person.")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=f"Revoke certificate {number}").click()
    expect(page.get_by_role("main")).to_contain_text("Revoked")
    accessible(page)


def open_a_desk(page: Page, accessible: Callable[[Page], None]) -> None:
    """Sign up, find the desk at the foot of the page, and open one; from then on it stands in the navigation."""
    sign_up(page, *AUTHOR)
    page.get_by_role("contentinfo").get_by_role("link", name="Desk").click()
    expect(page.get_by_text("No desk yet")).to_be_visible()
    page.get_by_label("Name of the provider").fill(PROVIDER)
    page.get_by_label("Postal address").fill("1 Lantern Street, Sampleton")
    page.get_by_role("button", name="Open the desk").click()
    expect(page.get_by_text("No course yet")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Desk")).to_be_visible()
    accessible(page)


def enter_papers(page: Page) -> None:
    """What the bodies ask of the provider itself."""
    page.goto(f"/desk/{DESK}/papers/")
    for label, words in (
        ("Accommodation", "Write to access@example.org; we answer within two days."),
        ("Refunds and cancellation", "Courses are free; there is nothing to refund."),
        ("Complaints", "Write to the administrator, who answers within ten days; a second person decides on appeal."),
        ("Records", "Kept for seven years."),
    ):
        page.get_by_label(label, exact=False).first.fill(words)
    page.get_by_label("Name of administrator 1").fill("Imani Sample")
    page.get_by_label("Degree, license, experience").first.fill(
        "PhD in clinical psychology; licensed clinical social worker (LCSW), invented"
    )
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept. Checks of courses use it from now on")).to_be_visible()


def enter_approval(page: Page, name: str) -> None:
    """Type an approval from the body's letter."""
    body, number, statement = APPROVALS[name]
    first, last = TODAY - timedelta(days=100), TODAY + timedelta(days=600)
    page.goto(f"/desk/{DESK}/approvals/enter/")
    page.get_by_label("Approval body").select_option(body)
    page.get_by_label("Number with the body").fill(number)
    page.get_by_label("First day on which it holds").fill(first.isoformat())
    page.get_by_label("Last day on which it holds").fill(last.isoformat())
    page.get_by_label("Approval statement").fill(statement.format(first=first.strftime("%m/%d/%Y"), last=last.strftime("%m/%d/%Y")))
    page.get_by_role("button", name="Enter the approval").click()
    expect(page.get_by_text(number).first).to_be_visible()


def saved(page: Page) -> None:
    """The part has been saved by itself, and nothing was changed since."""
    expect(page.locator("[data-saved]")).to_have_text(AT)
    expect(page.locator("form[data-unsaved]")).to_have_count(0)


def press_save(page: Page) -> None:
    """Save the part by its button; the page says so then."""
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def begin_the_course(page: Page, accessible: Callable[[Page], None]) -> None:
    """Give it a title, say what it is about, and write its objectives."""
    page.goto(f"/desk/{DESK}/")
    page.get_by_label("Title of the course").fill(TITLE)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About the course")
    page.get_by_label("Summary").fill("Why sleep goes when someone dies, and what brings it back.")
    page.get_by_label("For whom").fill("Counselors and social workers.")
    page.locator("#id_authors-0-name").fill("Imani Sample")
    page.locator("#id_authors-0-role").fill("author")
    page.locator("#id_authors-0-qualifications").fill(
        "PhD in clinical psychology, licensed clinical social worker (invented for this test)"
    )
    saved(page)
    accessible(page)
    page.goto(f"{ADDRESS}/part/outline/")
    page.get_by_label("Questions in a test").fill(str(ASKED))
    page.locator("#id_objectives-0-text").fill("List three reasons why sleep goes after a loss")
    page.get_by_role("button", name="One more objective").click()
    page.locator("#id_objectives-1-text").fill("Describe a plan for the nights of the first weeks")
    press_save(page)
    page.goto(f"{ADDRESS}/part/credit/")
    page.get_by_label("Hours claimed").fill("0.5")
    press_save(page)
    page.goto(f"{ADDRESS}/part/references/")
    page.get_by_label("Add a work by its DOI").fill("https://doi.org/10.1000/sample.sleep")
    page.get_by_role("button", name="Look it up").click()
    page.locator("#id_references-0-id").fill("sample2020")
    page.locator("#id_references-0-text").fill("Sample, A. (2020). Sleep after loss, invented. Journal of Samples, 1(1), 1-9.")
    press_save(page)


def write_the_sections(page: Page, accessible: Callable[[Page], None]) -> None:
    """Two sections; the preview beside the text shows what the page will."""
    for number, title in enumerate(("Why sleep goes", "What brings it back"), 1):
        page.goto(f"{ADDRESS}/")
        page.get_by_label("Title of the section").fill(title)
        page.get_by_role("button", name="Add a section").click()
        page.get_by_label(f"o{number}:").check()
        text = page.get_by_label("Text", exact=True)
        text.fill(
            f"## Night {number}\n\nSleep goes [@sample2020].\n\n::: case Two in the morning\nHe lies awake.\n:::\n\n"
            + "grief " * (WORDS // 2)
        )
        preview = page.get_by_role("region", name="As the page will show it")
        expect(preview.get_by_role("heading", name=f"Night {number}")).to_be_visible()
        expect(preview.get_by_role("heading", name="Two in the morning")).to_be_visible()
        saved(page)
    accessible(page)
    page.reload()
    expect(page.get_by_role("heading", name="Two in the morning")).to_be_visible()


def write_the_questions(page: Page) -> None:
    """The bank, with a reason for every answer; one question is a copy that is changed, one is removed and brought back."""
    for number in range(1, QUESTIONS + 1):
        page.goto(f"{ADDRESS}/")
        page.get_by_label("The question").fill(f"What helps in night {number}?")
        page.get_by_role("button", name="Add a question").click()
        page.get_by_label("Objective that it tests").select_option(f"o{number % 2 + 1}")
        page.get_by_label("Section that answers it").select_option(index=number % 2 + 1)
        for place, (text, why) in enumerate(
            ((f"Rising at the same hour, {number}", "It steadies the clock."), ("Staying in bed", "It does not."))
        ):
            page.locator(f"#id_options-{place}-text").fill(text)
            page.locator(f"#id_options-{place}-rationale").fill(why)
        page.locator("#id_options-0-correct").check()
        press_save(page)
    page.goto(f"{ADDRESS}/")
    page.get_by_role("button", name=f"Remove i{QUESTIONS:02}").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("is back where it was")).to_be_visible()


def say_who_declared_and_what_is_asked(page: Page) -> None:
    """The author's declaration, and the questions of the evaluation."""
    page.goto(f"{ADDRESS}/part/declarations/")
    page.get_by_label("What learners read").fill("No commercial support. The author has no interests to declare.")
    page.locator("#id_declarations-0-name").fill("Imani Sample")
    page.locator("#id_declarations-0-role").fill("author")
    page.locator("#id_declarations-0-on").fill(TODAY.isoformat())
    page.locator("#id_declarations-0-says").fill("None.")
    press_save(page)
    expect(page.locator("#id_declarations-0-says")).to_have_value("None.")


def check_and_publish(page: Page, accessible: Callable[[Page], None]) -> None:
    """The check for two bodies names nothing to mend, and the course is published."""
    page.goto(f"{ADDRESS}/check/")
    page.get_by_label("NBCC, approved continuing education providers").check()
    page.get_by_label("ASWB, approved continuing education (ACE)").check()
    page.get_by_role("button", name="Check for these").click()
    expect(page.get_by_text("Nothing keeps this course from being published.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is published")).to_be_visible()


def two_at_once(page: Page) -> None:
    """Two tabs write the same part: the later one overwrites nothing, and both texts show side by side."""
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{ADDRESS}/part/glossary/")
    page.locator("#id_glossary-0-term").fill("Grief")
    page.locator("#id_glossary-0-means").fill("What follows a loss.")
    saved(page)
    other.locator("#id_glossary-0-term").fill("Grief")
    other.locator("#id_glossary-0-means").fill("Sorrow.")
    other.get_by_role("link", name="See both").click()
    expect(other.get_by_text("Word 1, What it means: What follows a loss.").first).to_be_visible()
    expect(other.get_by_text("Word 1, What it means: Sorrow.").first).to_be_visible()
    other.close()


def take_the_folder_home(page: Page) -> None:
    """The course as a folder, with everything that was written."""
    page.goto(f"{ADDRESS}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="As a folder (ZIP)").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as folder:
        names = {name.removeprefix(f"{COURSE}/") for name in folder.namelist()}
    assert names == {"course.toml", "items.toml", "01-why-sleep-goes.md", "02-what-brings-it-back.md"}


def take_the_course(page: Page) -> str:
    """A learner finds it in the catalog, reads it, passes the test, and has a certificate with both approvals; gives its number."""
    sign_up(page, *LEARNER)
    page.goto("/courses/")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    page.get_by_role("button", name="Start the course").click()
    for _ in range(2):
        read_on(page)
    page.get_by_role("button", name="Start the test").click()
    for question in questions_on(page):
        answer(question)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Passed: {ASKED} of {ASKED}")
    page.get_by_role("link", name="Go to the evaluation").click()
    evaluate_course(page)
    page.get_by_role("button", name="Hand in and get the certificate").click()
    page.get_by_role("link", name="See the certificate").click()
    page.wait_for_url("**/certificates/*")
    certificate = page.get_by_role("main")
    for words in (PROVIDER, TITLE, "ACEP No. 9999", "no. 9998"):
        expect(certificate).to_contain_text(words)
    return page.url.rpartition("/")[2]


def answer(question: Locator) -> None:
    """Tick what is right."""
    number = stem_of(question).removeprefix("What helps in night ").removesuffix("?")
    question.get_by_label(f"Rising at the same hour, {number}", exact=True).check()
