"""Our own reading in words: every correction of the rule base has a name, and each rule a first day."""

from datetime import date

from perennial.apps.licenses.queries import rule_base
from perennial.apps.portal.corrections import own_days


def test_every_rule_has_a_first_day_and_every_correction_reads_as_words() -> None:
    views = []
    for rule in rule_base().rules.values():
        days = own_days(rule)
        assert days[-1].readings
        assert [one.day for one in days] == sorted({one.day for one in days}, reverse=True)
        views += [view for one in days for view in one.corrections]
    assert views
    assert not [view for view in views if "_" in view.name or not view.name[0].isupper() or not view.says.endswith(".")]


def test_a_correction_names_its_lines_once_and_its_source() -> None:
    (day,) = own_days(rule_base().rules["MI", "clinical_social_worker"])
    assert day.day == date(2026, 11, 25)
    assert day.words == "25 November 2026"
    last = day.corrections[0]
    assert (last.name, last.how) == ("The first renewal; An open question", "corrected")
    assert last.source is not None
