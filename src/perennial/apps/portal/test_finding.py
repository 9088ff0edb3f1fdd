"""What a page says first about an answer, also where the rule is known only in part."""

from datetime import date

import pytest

from perennial.apps.licenses.queries import own_rule, rule_base, rule_for
from perennial.apps.portal.finding import Finding, finding_of
from perennial.core.rules import License, Standing, evaluate

DAY = date(2026, 11, 25)


def finding(state: str, profession: str, expires: date = date(2027, 6, 30), number: str | None = None) -> Finding:
    rule = rule_for(state, profession)
    assert rule is not None
    license = License(expires=expires, issued=date(2018, 10, 31), number=number)
    return finding_of("Sample", rule, evaluate(rule, Standing(license, DAY)), DAY)


def test_the_hours_and_the_day_come_first() -> None:
    found = finding("CA", "clinical_social_worker")
    assert found.title == "36 CE hours by 30 June 2027"
    assert (found.days_left, found.ended, found.blocked) == (217, False, False)


def test_a_rule_that_goes_by_the_number_asks_for_it() -> None:
    assert finding("LA", "psychologist").blocked
    assert finding("LA", "psychologist").title == "One more answer, please"
    assert not finding("LA", "psychologist", number="123").blocked


def test_a_period_that_is_over_is_said_to_be() -> None:
    found = finding("CA", "clinical_social_worker", expires=date(2026, 10, 31))
    assert found.ended
    assert found.time == "This period ended on 31 October 2026."


def test_a_period_of_unknown_length_shows_no_first_day() -> None:
    found = finding("MI", "marriage_family_therapist")
    assert "from which day on was not read" in found.window
    assert found.verdict == ("part", "Ask the board")


def test_nothing_asked_is_said_plainly() -> None:
    rule = own_rule([], None)
    found = finding_of("Own", rule, evaluate(rule, Standing(License(expires=date(2027, 6, 30)), DAY)), DAY)
    assert found.title == "This rule asks for no CE hours"


@pytest.mark.parametrize("key", sorted(rule_base().rules))
def test_every_rule_has_a_title_a_verdict_and_a_label(key: tuple[str, str]) -> None:
    found = finding(*key, number="7")
    assert found.title
    assert found.verdict[0] in ("met", "part", "missing")
    assert found.rule.file.board in found.label or "&" in found.label
