"""Reading provider.toml: what it gives, and every fault with its place."""

from datetime import date
from pathlib import Path

import pytest

from perennial.core.approval import provider_from, read_provider

TEXT = """
name = "Sample Institute"
accommodation = "Write to the office."

[[administrators]]
name = "A. Sample"
qualifications = "LCSW"

[[approvals]]
body = "APA"
number = "17"
statement = "Typed."
starts = 2026-01-01
ends = 2029-01-01
"""


def test_a_provider_is_read_with_its_approvals() -> None:
    provider, problems = provider_from(TEXT)
    assert provider
    assert not problems
    approval = provider.approvals_of("APA")[0]
    assert [approval.holds_on(date(*day)) for day in ((2025, 12, 31), (2026, 1, 1), (2028, 12, 31), (2029, 1, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert provider.evaluation == "site"


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (('name = "Sample Institute"', ""), "provider.toml: name", "missing"),
        (('body = "APA"', 'body = "APAA"'), "provider.toml: approvals[1].body", "'APAA' is not known"),
        (("starts = 2026-01-01", 'starts = "2026-01-01"'), "provider.toml: approvals[1].starts", "is not a date"),
        (("starts = 2026-01-01", ""), "provider.toml: approvals[1].starts", "missing"),
        (("ends = 2029-01-01", "ends = 2026-01-01"), "provider.toml: approvals[1].ends", "is not after starts"),
        (('number = "17"', 'nummer = "17"'), "provider.toml: approvals[1].nummer", "unknown key"),
    ],
)
def test_a_fault_is_told_with_its_place(change: tuple[str, str], where: str, what: str) -> None:
    provider, problems = provider_from(TEXT.replace(*change))
    assert provider is None
    assert [(problem.where, problem.what) for problem in problems if problem.what.startswith(what)] == [(where, what)]


def test_what_is_no_file_or_no_toml_is_told(tmp_path: Path) -> None:
    file = tmp_path / "provider.toml"
    assert "missing" in read_provider(file)[1][0].what
    file.write_text("name = ", encoding="utf-8")
    assert "is not TOML" in read_provider(file)[1][0].what
    file.write_bytes(b"\xff")
    assert "cannot be read" in read_provider(file)[1][0].what
