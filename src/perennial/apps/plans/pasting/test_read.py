"""Reading courses out of pasted text."""

import time
from datetime import date
from decimal import Decimal

import pytest

from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.pasting import Pasted, read_pasted
from perennial.apps.plans.words import vocabulary

MAIL = """Subject: Fwd: Suicide Risk Across the Lifespan
From: Stillwater Seminars <news@example.org>

Dear colleague,
Join us on March 14-15, 2027 at the Harbor Hotel. 6 CE hours (including 2 hours of ethics). Members $149, non-members $199.00.
Stillwater Seminars is approved by the American Psychological Association to sponsor continuing education.
NBCC ACEP No. 1234. ASWB ACE provider #1567, approval period: 03/01/2026 - 03/01/2029.
This program is not approved by NYSED.
Register: https://example.org/suicide.
"""


def read(text: str) -> Pasted:
    return read_pasted(text, vocabulary())


def test_an_e_mail_is_read_field_by_field() -> None:
    found = read(MAIL)
    assert found.title == "Suicide Risk Across the Lifespan"
    assert found.provider_name == "Stillwater Seminars"
    assert (found.starts_on, found.ends_on) == (date(2027, 3, 14), date(2027, 3, 15))
    assert found.hours == 6
    assert found.format == "live_in_person"
    assert dict(found.topics) == {"ethics": Decimal(2), "suicide_prevention": Decimal(6)}
    assert found.price == Decimal("199.00")
    assert found.url == "https://example.org/suicide"


def test_each_approval_has_its_own_number_and_dates_and_a_denied_one_is_left_out() -> None:
    assert set(read(MAIL).approvals) == {
        ToldApproval("APA"),
        ToldApproval("NBCC_ACEP", "1234"),
        ToldApproval("ASWB_ACE", "1567", date(2026, 3, 1), date(2029, 3, 1)),
    }


def test_the_day_on_which_an_approval_ends_is_not_taken_for_the_course() -> None:
    found = read("Grief work\nAPA approval valid until 1/31/2027\nLive webinar on 5 June 2027, 3 CE")
    assert found.starts_on == date(2027, 6, 5)
    assert found.approvals == (ToldApproval("APA", "", None, date(2027, 1, 31)),)


def test_a_catalog_line_without_a_day_is_for_any_day() -> None:
    found = read("Telehealth law and ethics | 3 CE | on demand | free | APA")
    assert (found.title, found.hours, found.format, found.price) == ("Telehealth law and ethics", Decimal(3), "asynchronous", Decimal(0))
    assert (found.starts_on, found.any_day) == (None, True)
    assert {slug for slug, _ in found.topics} == {"law_ethics", "telehealth"}


@pytest.mark.parametrize(
    ("text", "hours", "length"),
    [
        ("1.5 contact hours", "1.5", 60),
        ("Credits: 4", "4", 60),
        ("0.6 CEUs", "6", 60),
        ("12 CE credits of 50 minutes; 1 CE hour = 50 minutes", "12", 50),
        ("Continuing education hours: 2,5", "2.5", 60),
        ("A 3-hour workshop", "3", 60),
    ],
)
def test_hours_are_found_in_many_wordings(text: str, hours: str, length: int) -> None:
    found = read(f"A title\n{text}")
    assert (found.hours, found.minutes_per_hour) == (Decimal(hours), length)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("$1,250.50", "1250.50"),
        ("Fee: 80 USD", "80"),
        ("at no cost", "0"),
        ("smoke-free hotel", None),
        ("was $200, now $150", "150"),
        ("$149 (members), $199 (non-members)", "199"),
    ],
)
def test_prices_are_found(text: str, price: str | None) -> None:
    assert read(f"A title\n{text}").price == (None if price is None else Decimal(price))


def test_every_field_that_was_read_shows_the_words_it_was_read_from() -> None:
    found = read(MAIL)
    assert all(one.words for one in found.found)
    assert {"Title", "CE hours", "Day", "Price", "Topic", "Approved by"} <= {one.label for one in found.found}
    assert any("$149" in one.remark for one in found.found)


def test_text_that_says_nothing_gives_nothing() -> None:
    assert read("") == Pasted()
    assert read("\n\n \t\n") == Pasted()


@pytest.mark.parametrize("text", ["credit " * 3000, "6 " * 10_000, "$" * 20_000, "APA not " * 2500, "1/1/2027 " * 2500, "\n" * 20_000])
def test_strange_text_is_read_in_good_time(text: str) -> None:
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < 5
