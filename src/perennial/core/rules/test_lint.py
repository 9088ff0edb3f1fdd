"""What the lint finds in a rule's words."""

import pytest

from perennial.core.rules.builders import WORDS, figure, make_rule
from perennial.core.rules.lint import rule_problems

UNKNOWN = {"applies_to": ["levitates"]}
EFFECT = {"ask": "Do they?", "read": "No.", "could": [{"not_asked": "total", **UNKNOWN}]}


@pytest.mark.parametrize(
    ("where", "tables"),
    [
        ("requirements.ethics", {"requirements": {"ethics": {"at_least": [figure(3)], **UNKNOWN}}}),
        ("requirements.ethics", {"requirements": {"ethics": {"at_least": [figure(3), figure(6, **UNKNOWN)]}}}),
        ("limits.reading", {"limits": {"reading": {"formats": ["reading"], "at_most": [figure(3, **UNKNOWN)]}}}),
        ("open.point", {"open": {"point": EFFECT}}),
    ],
)
def test_an_attribute_that_the_vocabulary_does_not_know_is_found_wherever_it_stands(where: str, tables: dict[str, object]) -> None:
    found = [str(problem) for problem in rule_problems("zz", make_rule(**tables), WORDS)]
    assert any(line.startswith(f"zz: {where}: unknown attribute 'levitates'") for line in found)
