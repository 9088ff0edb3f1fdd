"""Certificates that lead astray: two days, parts of hours, CEUs, other people's dates."""

from datetime import date
from decimal import Decimal

import pytest

from perennial.core.proofs.builders import WORDS
from perennial.core.proofs.found import Found, Sure
from perennial.core.proofs.read import read_file

HEAD = "Certificate of Completion\nSam Sample\nhas successfully completed\nGrief in Families\n"


def read(text: str) -> Found:
    (found,) = read_file(text.encode(), "certificate.txt", WORDS)
    return found


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("Date completed: March 3, 2026\nDate issued: March 10, 2026", date(2026, 3, 3), Sure.CLEAR),
        ("Issued: March 10, 2026\nCompleted on 3 March 2026", date(2026, 3, 3), Sure.CLEAR),
        ("Completed: 03/13/2026", date(2026, 3, 13), Sure.CLEAR),
        ("Completed: 03/04/2026", date(2026, 3, 4), Sure.LIKELY),
        ("Completed: 13.03.2026", date(2026, 3, 13), Sure.CLEAR),
        ("Completion date: 2026-03-04", date(2026, 3, 4), Sure.CLEAR),
        ("Course date(s): March 3-5, 2026", date(2026, 3, 5), Sure.CLEAR),
        ("Date: 9/14/2025 - 9/15/2025", date(2025, 9, 15), Sure.LIKELY),
        ("held February 27 - March 1, 2026", date(2026, 3, 1), Sure.CLEAR),
        ("Date of completion: June 1, 2025. License expires: 12/31/2027", date(2025, 6, 1), Sure.CLEAR),
        ("Program date: March 3, 2026\nPost-test passed: March 9, 2026", date(2026, 3, 9), Sure.CLEAR),
        ("Approval period: 01/15/2024 through 01/14/2027\nDate attended: May 5, 2026", date(2026, 5, 5), Sure.CLEAR),
        ("Given this 5th day of May, 2026", date(2026, 5, 5), Sure.UNSURE),
        ("Certificate issued May 5, 2026", date(2026, 5, 5), Sure.UNSURE),
        ("License expiration date: 12/31/2027", None, Sure.MISSING),
        ("Date of birth: 04/05/1980", None, Sure.MISSING),
        ("Completed: 02/30/2026", None, Sure.MISSING),
        ("Completed: March 3, 2026\nCompleted: April 8, 2026", None, Sure.MISSING),
    ],
)
def test_the_day_of_completion_is_told_from_other_days(text: str, day: date | None, sure: Sure) -> None:
    found = read(f"Statement of Credit\nCourse title: Grief in Families\n{text}\nCredits: 3").completed_on
    assert (found.value, found.sure) == (day, sure)


@pytest.mark.parametrize(
    ("text", "hours", "sure"),
    [
        ("CE Hours: 6.0", "6", Sure.CLEAR),
        ("awarded 6.0 CE credits (6 clock hours)", "6", Sure.CLEAR),
        ("has earned six (6) continuing education hours", "6", Sure.CLEAR),
        ("one and one-half contact hours", "1.5", Sure.CLEAR),
        ("1½ CE hours", "1.5", Sure.CLEAR),
        ("This 3-hour course", "3", Sure.CLEAR),
        ("CEs: 1.25", "1.25", Sure.CLEAR),
        ("Total hours: 6\nLive: 4 hours\nSelf-study: 2 hours", "6", Sure.CLEAR),
        ("6 CE hours, including 2 hours of ethics", "6", Sure.CLEAR),
        ("4 live hours and 2 self-study hours", "6", Sure.UNSURE),
        ("Duration: 90 minutes", "1.5", Sure.LIKELY),
        ("2 CE hours. One hour = 50 minutes.", "2", Sure.LIKELY),
        ("0.6 CEU awarded. Accredited by IACET.", "6", Sure.CLEAR),
        ("1.5 CEUs", None, Sure.MISSING),
        ("CEUs: 3", None, Sure.MISSING),
        ("APA: 6 CE credits\nNBCC: 5.5 clock hours", None, Sure.MISSING),
        ("2 CE hours\nEthics: 5 hours", None, Sure.MISSING),
        ("Return this form within 24 hours", None, Sure.MISSING),
        ("9:00 am to 4:00 pm", None, Sure.MISSING),
        ("Provider number 1234", None, Sure.MISSING),
    ],
)
def test_the_hours_of_the_whole_are_told_from_parts_and_from_ceus(text: str, hours: str | None, sure: Sure) -> None:
    found = read(f"{HEAD}on March 3, 2026\n{text}").hours
    assert (found.value, found.sure) == (Decimal(hours) if hours else None, sure)
    assert found.value is not None or not found.place or found.note


def test_hours_of_a_topic_are_kept_apart() -> None:
    found = read(f"{HEAD}on March 3, 2026\n6 CE hours, including 2 hours of ethics")
    (topic,) = found.topics
    assert (topic.slug, topic.hours) == ("ethics", Decimal(2))


def test_a_title_gives_topics_without_hours_and_the_longer_wording_wins() -> None:
    found = read("Course title: Law and Ethics in Telehealth\nDate completed: May 5, 2026\nHours: 3")
    assert [(topic.slug, topic.hours) for topic in found.topics] == [("law_ethics", None), ("telehealth", None)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Acme Learning is an NBCC-Approved Continuing Education Provider (ACEP No. 1234).", {"NBCC_ACEP": "1234"}),
        ("Acme Learning, #1417, is approved by the Association of Social Work Boards.", {"ASWB_ACE": ""}),
        ("NAADAC Provider #77777. CAMFT approved provider #130000", {"NAADAC": "77777", "CAMFT": "130000"}),
        ("This course is not approved by the American Psychological Association.", {}),
        ("Florida Board provider #50-1234", {"STATE_BOARD": "50-1234"}),
        ("The author is a member of NASW.", {}),
        (
            "Approved by the American Psychological Association (APA). ASWB ACE provider #1418. NBCC ACEP #: 5825",
            {"APA": "", "ASWB_ACE": "1418", "NBCC_ACEP": "5825"},
        ),
    ],
)
def test_approval_bodies_come_with_their_numbers_and_only_where_they_approved(text: str, named: dict[str, str]) -> None:
    assert {one.slug: one.number for one in read(f"{HEAD}{text}").approvals if one.slug} == named


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Live interactive webinar", "live_online"),
        ("Format: ☒ In person ☐ Live webinar", "live_in_person"),
        ("Home study", "self_study"),
        ("An asynchronous, non-interactive course", "asynchronous"),
        ("Offered in person and by live webinar", None),
        ("A live event", None),
    ],
)
def test_the_format_is_proposed_only_where_one_is_named(text: str, form: str | None) -> None:
    assert read(f"{HEAD}{text}").form.value == form


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("This certifies that Sam Sample attended the workshop “What Counts, and Why” on May 5, 2026.", "What Counts, and Why"),
        ("Course Title: Practice on the Edge\nCourse Number: 77", "Practice on the Edge"),
        ("Sam Sample has completed Ethics in Practice on May 5, 2026 and earned 3 CE hours.", "Ethics in Practice"),
        ('Subject: Your CE Certificate\nThank you for completing "Opioid Basics: A Primer" through Acme.', "Opioid Basics: A Primer"),
        ("Pat Roe participated in the live online training Theory in Practice presented by Dana Example, LCSW", "Theory in Practice"),
        ("Program\nCBT for Insomnia\nDate: May 5, 2026", "CBT for Insomnia"),
    ],
)
def test_titles_end_where_the_sentence_goes_on(text: str, title: str) -> None:
    assert read(text).title.value == title


def test_a_presenter_is_not_taken_for_the_provider() -> None:
    found = read(f"{HEAD}Presented by: Jane Doe, PhD\nSponsored by: Acme Institute")
    assert found.provider.value == "Acme Institute"


def test_a_transcript_gives_each_of_its_rows() -> None:
    heads = "Training Transcript\nPrinted 11/01/2026\nCourse Title      Completion Date     Credit Hours\n"
    rows = "Ethics 101        01/15/2026          3\nHIPAA             02/20/2026          1\n"
    found = read_file(f"{heads}{rows}".encode(), "transcript.txt", WORDS)
    assert [(one.title.value, one.completed_on.value, one.hours.value) for one in found] == [
        ("Ethics 101", date(2026, 1, 15), Decimal(3)),
        ("HIPAA", date(2026, 2, 20), Decimal(1)),
    ]
