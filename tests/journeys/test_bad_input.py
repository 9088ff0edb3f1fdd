"""What people get wrong, on the real server: a clear sentence, nothing kept in half, never a trace."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.learning import COURSE, questions_on, read_all
from tests.journeys.people import sign_up

pytestmark = pytest.mark.journey
TODAY = datetime.now(UTC).date()
LARGE_BYTES = 200 * 1024 * 1024
ASK = "/?state={state}&profession={profession}&expires={expires}&issued={issued}"
GOOD_ASK = {"state": "OH", "profession": "counselor", "expires": f"{TODAY.year + 1}-09-20", "issued": "2019-09-21"}
ASKED_WRONG = (
    ({"state": "Atlantis"}, "is not a state we know. Choose one from the list."),
    ({"profession": "alchemist"}, "is not a profession we know. Choose one from the list."),
    ({"issued": f"{TODAY.year - 1}-05-02", "expires": f"{TODAY.year - 1}-05-01"}, "The license ends before it was issued."),
    ({"expires": "2027-02-30"}, "There is no such day as 2027-02-30."),
    ({"expires": "soon"}, "is not a date. Write it as"),
    ({"expires": "9999-12-31"}, "The year 9999 cannot be right here."),
    ({"state": "<script>alert(1)</script>"}, "is not a state we know."),
)
GOOD_CREDIT = {"title": "Grief in families", "provider_name": "Riverside Training", "completed_on": TODAY.isoformat(), "hours": "2"}
HOURS = "Enter the hours"
ENTERED_WRONG = (
    ("hours", "0", HOURS),
    ("hours", "-1", HOURS),
    ("hours", "1e9", HOURS),
    ("hours", "abc", HOURS),
    ("hours", "1000000000", HOURS),
    ("completed_on", (TODAY + timedelta(days=1)).isoformat(), "This day lies ahead."),
    ("completed_on", "2026-02-30", "There is no such day."),
)
FILES = (
    ("empty.pdf", b"", "empty"),
    ("letter.pdf", b"Dear board, this is no PDF.", "PDF"),
    ("certificate.png", b"%PDF-1.7\n%%EOF\n", "PDF"),
    ("page.html", b"<script>alert(1)</script>", "PDF"),
)


def enter(page: Page, **changes: str) -> None:
    """Fill in the form of a credit; `changes` go past what the browser itself would refuse."""
    for name, value in {**GOOD_CREDIT, **changes}.items():
        box = page.locator(f"[name={name}]")
        box.evaluate("it => { it.type = 'text' }")
        box.fill(value)
    page.get_by_label("Format").select_option(index=1)


def send(page: Page) -> None:
    """Press the button of the form."""
    page.get_by_role("button", name="Add to your record").click()


def nothing_is_kept(page: Page, site: Site) -> None:
    """The person's record is empty, and no file of anyone's is left over."""
    page.goto("/record/")
    expect(page.get_by_role("heading", name="Nothing here yet")).to_be_visible()
    with closing(sqlite3.connect(site.data / "perennial.sqlite3")) as tables:
        (known,) = tables.execute("SELECT count(*) FROM credits_proof").fetchone()
    assert sum(path.is_file() for path in (site.data / "files").rglob("*")) == known


@pytest.mark.parametrize(("changes", "sentence"), ASKED_WRONG, ids=lambda value: str(value)[:30])
def test_a_question_that_cannot_be_answered_is_told_at_its_field(
    open_page: Callable[..., Page], changes: dict[str, str], sentence: str
) -> None:
    page = open_page(script=False)
    response = page.goto(ASK.format(**{**GOOD_ASK, **changes}))
    assert response is not None
    assert response.status == 422
    expect(page.locator(".field .error").first).to_contain_text(sentence)
    expect(page.get_by_label("First issued on")).to_have_value({**GOOD_ASK, **changes}["issued"])


def test_a_credit_that_cannot_be_is_refused_and_nothing_is_kept(
    open_page: Callable[..., Page], site: Site, assert_accessible: Callable[[Page], None]
) -> None:
    page = open_page()
    sign_up(page, "odd@example.org", "Odd Sample")
    page.goto("/record/add")
    for name, value, sentence in ENTERED_WRONG:
        enter(page, **{name: value})
        send(page)
        expect(page.locator(f".field:has([name={name}]) .error")).to_contain_text(sentence)
        expect(page.get_by_role("textbox", name="Title")).to_have_value("Grief in families")
    assert_accessible(page)
    enter(page)
    for file, content, sentence in FILES:
        page.locator("[name=proof_file]").set_input_files({"name": file, "mimeType": "application/pdf", "buffer": content})
        send(page)
        expect(page.locator(".field:has([name=proof_file]) .error")).to_contain_text(sentence)
    nothing_is_kept(page, site)


def test_a_file_of_200_mb_is_turned_away_with_a_sentence(open_page: Callable[..., Page], site: Site, tmp_path: Path) -> None:
    page = open_page()
    sign_up(page, "large@example.org", "Large Sample")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(LARGE_BYTES)
    page.goto("/record/add")
    enter(page)
    page.locator("[name=proof_file]").set_input_files(large)
    with page.expect_response(lambda response: response.request.method == "POST", timeout=60_000) as answered:
        send(page)
    assert answered.value.status == 413
    expect(page.get_by_role("main")).to_contain_text("20 MB")
    nothing_is_kept(page, site)


def test_a_form_sent_from_two_tabs_enters_one_credit(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_up(page, "twice@example.org", "Twice Sample")
    page.goto("/record/add")
    enter(page)
    key = page.locator("[name=key]").input_value()
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Grief in families")
    page.goto("/record/add")
    enter(page)
    page.locator("[name=key]").evaluate("(it, key) => { it.value = key }", key)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Grief in families")
    page.goto("/record/")
    expect(page.locator("tfoot")).to_contain_text("1 credit")


def test_two_tabs_lose_no_note(open_page: Callable[..., Page]) -> None:
    page = begin(open_page(), "notes@example.org", "Nora Sample")
    tab = page.context.new_page()
    tab.goto(page.url)
    for here, words in ((page, "From the first tab."), (tab, "From the second tab.")):
        here.bring_to_front()
        here.get_by_label("On this part").fill(words)
        here.get_by_label("On this part").blur()
        expect(here.locator("form[data-autosave] [data-saved]")).not_to_be_empty()
    expect(tab.locator("form[data-autosave] [data-saved]")).to_contain_text("both texts are kept")
    page.bring_to_front()
    page.reload()
    for words in ("From the first tab.", "From the second tab."):
        expect(page.get_by_label("On this part")).to_have_value(re.compile(re.escape(words)))


def test_a_test_handed_in_after_its_time_counts_what_was_saved(open_page: Callable[..., Page], site: Site) -> None:
    page = begin(open_page(), "late@example.org", "Lee Sample")
    read_all(page)
    page.get_by_role("button", name="Start the test").click()
    first, second, *_ = questions_on(page)
    first.locator("input").first.check()
    expect(page.get_by_role("heading", name="1 of 10 answered")).to_be_visible()
    with closing(sqlite3.connect(site.data / "perennial.sqlite3", timeout=10)) as tables, tables:
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
        person = "SELECT id FROM accounts_person WHERE email = 'late@example.org'"
        tables.execute(f"UPDATE assessments_attempt SET due_at = ? WHERE person_id = ({person})", [now])
    second.locator("input").first.check()
    expect(page.locator("[data-saved]")).to_contain_text("See the result")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("status").first).to_contain_text("The time for this test was over.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not yet")
    expect(page.get_by_text("Not answered", exact=True)).to_have_count(page.locator("article h3").count() - 1)


def begin(page: Page, email: str, name: str) -> Page:
    """Sign up and start the course; the page shows its first part."""
    sign_up(page, email, name)
    page.goto(f"/courses/{COURSE}/")
    page.get_by_role("button", name="Start the course").click()
    expect(page.get_by_label("On this part")).to_be_visible()
    return page
