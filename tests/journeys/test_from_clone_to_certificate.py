"""The main job, end to end: what a license needs, a free course, its certificate, what it did for the license, and the whole record."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import (
    COURSE,
    READ,
    TITLE,
    answer,
    choose_by_keyboard,
    evaluate_course,
    options_of,
    questions_on,
    read_on,
    stem_of,
    tab_to,
)
from tests.journeys.people import PASSWORD, is_in

pytestmark = pytest.mark.journey
EMAIL, NAME = "noor@example.org", "Noor Sample"
NUMBER = "E.1900123"
TODAY = datetime.now(UTC).date()
PROOF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
NOTE = "Ask for the address at the start of every session."


@dataclass(frozen=True)
class Walk:
    """One person's way through the site: a page of theirs, how to open others, and the judge of accessibility."""

    page: Page
    open_page: Callable[..., Page]
    accessible: Callable[[Page], None]

    def at(self, path: str) -> Page:
        """Go to a page, which has to be accessible."""
        self.page.goto(path)
        self.accessible(self.page)
        return self.page

    def here(self) -> Page:
        """The page reached, which has to be accessible."""
        self.accessible(self.page)
        return self.page


def test_from_a_clone_to_a_certificate(open_page: Callable[..., Page], assert_accessible: Callable[[Page], None], tmp_path: Path) -> None:
    ask_without_an_account(open_page(script=False))
    walk = Walk(open_page(), open_page, assert_accessible)
    look_at_the_answer(walk)
    sign_up_and_follow(walk)
    read_the_course(walk)
    fail_the_test(walk)
    pass_the_test(walk)
    number = earn_the_certificate(walk)
    verify = check_the_paper(walk, number)
    look_as_a_stranger(open_page(), assert_accessible, verify)
    see_what_counted(walk)
    add_what_was_earned_elsewhere(walk)
    take_the_record_home(walk, number, tmp_path)
    come_back_by_keyboard(open_page())


def last_day() -> date:
    """When the license ends: some ten months from now."""
    day = TODAY + timedelta(days=300)
    return day.replace(day=min(day.day, 28))


def first_day() -> date:
    """When it was issued: eight years before it ends."""
    return last_day().replace(year=last_day().year - 8)


def fill_the_question(page: Page) -> None:
    """Answer the five questions of the home page."""
    page.get_by_label("Profession").select_option("Counselor")
    page.get_by_label("State").select_option("Ohio")
    page.get_by_label("License ends on").fill(last_day().isoformat())
    page.get_by_label("First issued on").fill(first_day().isoformat())
    page.get_by_label("License number").fill(NUMBER)
    page.get_by_role("button", name="Show what I need").click()


def ask_without_an_account(page: Page) -> None:
    """Without an account and without JavaScript: each line has its source, the month it was read, and the board's address."""
    page.goto("/")
    fill_the_question(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("30 CE hours by")
    lines = page.get_by_role("region", name="Line by line").locator("ul.lines > li")
    for line, hours in (("Hours in all", "30"), ("Ethics", "3")):
        row = lines.filter(has_text=line).first
        expect(row.locator(".num")).to_contain_text(hours)
        expect(row.locator(".cite a")).to_have_attribute("href", pattern_of("codes.ohio.gov"))
        expect(row.locator(".cite")).to_contain_text("read November 2026")
    expect(page.get_by_role("region", name="What is open").get_by_role("link")).to_have_attribute("href", pattern_of("cswmft.ohio.gov"))
    page.get_by_label("Profession").select_option("Clinical social worker")
    page.get_by_role("button", name="Count again").click()
    page.get_by_label("Credential").select_option("SWA")
    page.get_by_role("button", name="Count again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not covered here yet")
    expect(page.get_by_role("link", name="Follow it with your own list")).to_be_visible()


def look_at_the_answer(walk: Walk) -> None:
    """By keyboard alone: the question of the home page, and its answer."""
    page = walk.at("/")
    fields = (("Profession", "Couns"), ("State", "Ohio"), ("License ends on", typed(last_day())), ("First issued on", typed(first_day())))
    for label, keys in (*fields, ("License number", NUMBER)):
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(keys)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("30 CE hours by")
    walk.accessible(page)


def sign_up_and_follow(walk: Walk) -> None:
    """Sign up from the answer; what was typed is in the license's form; the dashboard has its dial."""
    page = walk.page
    page.get_by_role("link", name="Sign up and keep this").click()
    expect(page.get_by_label("Password")).to_be_visible()
    walk.accessible(page)
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    is_in(page, NAME)
    expect(page.get_by_label("License number")).to_have_value(NUMBER)
    expect(page.get_by_label("License ends on")).to_have_value(last_day().isoformat())
    page.get_by_label("Credential").select_option("LPCC")
    walk.here().get_by_role("button", name="Follow this license").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ohio LPCC: how we counted")
    for path in ("/account/2fa/totp/activate", "/account/2fa/webauthn/add/"):
        page.goto(path)
        if page.get_by_role("button", name="Go on").count():
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        walk.accessible(page)
    walk.at("/dashboard/")
    expect(page.get_by_role("img", name="Ohio LPCC: ")).to_have_attribute("aria-label", pattern_of("0 of 30 hours counted"))
    expect(page.get_by_text("Next:")).to_be_visible()


def read_the_course(walk: Walk) -> None:
    """Read every part; the place and a note are kept across a reload and another tab."""
    walk.at("/courses/")
    page = walk.at(f"/courses/{COURSE}/")
    page.get_by_role("button", name="Start the course").click()
    expect(page.get_by_role("button", name=READ)).to_be_visible()
    parts = page.get_by_role("navigation", name="Parts of this course").get_by_role("listitem").count() - 1
    walk.here().get_by_label("On this part").fill(NOTE)
    page.get_by_label("On this part").blur()
    expect(page.locator("form[data-autosave] [data-saved]")).to_contain_text("Saved at")
    read_on(page)
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text="Part 2 of")).to_be_visible()
    page.goto(f"/courses/{COURSE}/")
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.get_by_role("link", name="Go on reading").click()
    for _ in range(2, parts + 1):
        read_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Test: {TITLE}")
    walk.accessible(page)


def fail_the_test(walk: Walk) -> None:
    """Each answer is saved as it is given: a reload and a second tab have it; handing in twice changes nothing."""
    page = walk.page
    page.get_by_role("button", name="Start the test").click()
    first, *rest = questions_on(page)
    walk.here()
    answer(first, right=False)
    expect(page.get_by_role("status")).to_contain_text("Saved at")
    page.reload()
    expect(page.get_by_role("heading", name="1 of 10 answered")).to_be_visible()
    tab = page.context.new_page()
    tab.goto(f"/courses/{COURSE}/test/")
    expect(questions_on(tab)[0].get_by_label(options_of(first, right=False)[0], exact=True)).to_be_checked()  # others may say “True” too
    page.bring_to_front()
    for question in rest:
        answer(question, right=False)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Not yet: 0 of 10")
    tab.get_by_role("button", name="Hand in").click()
    expect(tab.get_by_role("status").first).to_contain_text("handed in before")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Not yet: 0 of 10")
    tab.close()
    expect(page.locator("article .why").first).not_to_be_empty()
    walk.accessible(page)


def pass_the_test(walk: Walk) -> None:
    """A second attempt asks other questions; answered right by keyboard and mouse it passes, with a reason for every option."""
    page = walk.page
    seen = {title.partition(". ")[2] for title in page.locator("article h3").all_inner_texts()}
    page.get_by_role("button", name="Try again").click()
    questions = questions_on(page)
    assert len(questions) == len(seen) == 10
    assert not seen & {stem_of(question) for question in questions}
    for question in questions:
        answer_by_keyboard(page, question)
    expect(page.get_by_role("heading", name="10 of 10 answered")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Passed: 10 of 10")
    assert all(page.locator("article .why").all_inner_texts())
    walk.accessible(page)


def answer_by_keyboard(page: Page, question: Any) -> None:
    """Choose what is right with Tab, arrows and Space."""
    right = options_of(question, right=True)
    if question.locator("input[type=radio]").count():
        choose_by_keyboard(page, question, right[0])
        return
    for text in right:
        tab_to(page, question.get_by_label(text, exact=True))
        page.keyboard.press("Space")


def earn_the_certificate(walk: Walk) -> str:
    """Evaluate the course; gives the number of the certificate."""
    page = walk.page
    page.get_by_role("link", name="Go to the evaluation").click()
    evaluate_course(page)
    walk.here()
    page.get_by_role("button", name="Hand in and get the certificate").click()
    expect(page.get_by_role("heading", name="Your certificate")).to_be_visible()
    walk.here().get_by_role("link", name="See the certificate").click()
    page.wait_for_url("**/certificates/*")
    walk.here()
    return page.url.rpartition("/")[2]


def check_the_paper(walk: Walk, number: str) -> str:
    """The PDF is tagged and says what was done; gives the address on which anyone verifies it."""
    page = walk.page
    verify = page.get_by_role("link", name="Public page").get_attribute("href") or ""
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    reader = pypdf.PdfReader(download.value.path())
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"]
    text = " ".join("".join(leaf.extract_text() for leaf in reader.pages).split())
    for words in (NAME, TITLE, NUMBER, number, "Not yet reviewed by a licensed clinician", "counts only where"):
        assert words in text, words
    assert verify.rpartition("/")[2] in text.replace(" ", "")
    return verify


def look_as_a_stranger(page: Page, accessible: Callable[[Page], None], verify: str) -> None:
    """Anyone with the address sees that it is valid, with the license number masked and no way for a search engine."""
    response = page.goto(verify)
    assert response is not None
    assert "noindex" in response.headers["x-robots-tag"]
    expect(page.get_by_text("Valid: issued by this site and not revoked.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(NAME)
    expect(page.get_by_role("main")).to_contain_text(NUMBER[-3:])
    assert NUMBER not in page.content()
    accessible(page)
    response = page.goto(f"{verify[:-4]}AAAA")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_text("No certificate has this address")).to_be_visible()


def see_what_counted(walk: Walk) -> None:
    """The dashboard and the requirement page have changed: the course counts in all, and towards ethics."""
    page = walk.at("/dashboard/")
    expect(page.get_by_role("img", name="Ohio LPCC: ")).to_have_attribute("aria-label", pattern_of("1 of 30 hours counted"))
    expect(page.get_by_role("table")).to_contain_text(TITLE)
    page.get_by_role("link", name="Show the working").click()
    for line, hours in (("Hours in all", "1 of 30 h"), ("Ethics", "1 of 3 h")):
        row = page.locator("ul.proof > li").filter(has=page.locator("summary b", has_text=line))
        expect(row.locator("summary .num")).to_have_text(hours)
        expect(row.get_by_role("link", name=TITLE)).to_be_visible()
    walk.accessible(page)


def add_what_was_earned_elsewhere(walk: Walk) -> None:
    """A certificate by hand with its file counts; one from long ago does not, and the page says why."""
    page = walk.at("/record/add")
    enter(page, "Grief in families", TODAY - timedelta(days=20), "2.5", proof=PROOF)
    expect(page.get_by_role("link", name="grief.pdf")).to_be_visible()
    walk.accessible(page)
    page.goto("/record/add")
    enter(page, "Ethics of long ago", first_day() + timedelta(days=40), "3")
    walk.at("/dashboard/")
    expect(page.get_by_role("img", name="Ohio LPCC: ")).to_have_attribute("aria-label", pattern_of("3.5 of 30 hours counted"))
    page.get_by_role("link", name="Show the working").click()
    out = page.get_by_role("region", name="Why these did not count").get_by_role("listitem")
    expect(out).to_contain_text("Ethics of long ago")
    expect(out).to_contain_text("not counted")
    expect(out.locator(".why")).not_to_be_empty()
    walk.accessible(page)
    walk.at("/record/")


def enter(page: Page, title: str, on: date, hours: str, proof: bytes | None = None) -> None:
    """Fill in and send the form for a credit earned elsewhere."""
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="Provider").fill("Riverside Training")
    page.get_by_label("Completed on").fill(on.isoformat())
    page.get_by_label("CE hours of 60 minutes").fill(hours)
    page.get_by_label("Format").select_option(index=1)
    if proof:
        page.get_by_role("button", name="Proof").set_input_files({"name": "grief.pdf", "mimeType": "application/pdf", "buffer": proof})
    page.get_by_role("button", name="Add to your record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def take_the_record_home(walk: Walk, number: str, folder: Path) -> None:
    """The download holds everything as JSON, with the certificate and the proof beside it."""
    page = walk.page
    page.goto("/dashboard/")
    page.get_by_role("link", name="Show the working").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Whole record").click()
    target = folder / "record.zip"
    download.value.save_as(target)
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        record = json.loads(archive.read("record.json"))
        paper = pypdf.PdfReader(io.BytesIO(archive.read(f"certificates/{number}.pdf")))
        (proof,) = (name for name in names if name.startswith("proofs/"))
        assert archive.read(proof) == PROOF
    assert len(paper.pages) == 1
    assert "README.txt" in names
    told = json.dumps(record, ensure_ascii=False)
    assert record["account"]["email"] == EMAIL
    for words in (NUMBER, NOTE, TITLE, "Grief in families", "Ethics of long ago", number):
        assert words in told, words
    assert "dana@example.org" not in told


def come_back_by_keyboard(page: Page) -> None:
    """Sign in with the keyboard alone."""
    page.goto("/account/login/")
    for label, keys in (("E-mail address", EMAIL), ("Password", PASSWORD)):
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(keys)
    page.keyboard.press("Enter")
    is_in(page, NAME)


def typed(day: date) -> str:
    """A day as an American types it into a date field."""
    return f"{day:%m%d%Y}"


def pattern_of(words: str) -> Any:
    """A pattern that finds these words anywhere."""
    return re.compile(re.escape(words))
