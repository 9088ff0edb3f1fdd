"""The label that stands wherever a rule is used: which rule, what it covers, how well it is known."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from perennial.apps.licenses.queries import rule_for
from perennial.apps.portal.words import CONFIDENCE, board_address, sentence


@lru_cache(maxsize=1000)
def label(jurisdiction: str, profession: str, open_points: int) -> SafeString:
    """The label of a rule, drawn once: rules do not change while the site runs. Empty where there is no rule."""
    rule = rule_for(jurisdiction, profession)
    if rule is None:
        return SafeString("")
    file = rule.file
    rows = (
        ("Period", sentence(file.period.says)),
        ("Window", sentence(file.window.says if file.window else "")),
        ("First renewal", sentence(file.first_renewal.says)),
    )
    context = {
        "rule": rule,
        "state": jurisdiction.lower(),
        "board_url": board_address(file),
        "rows": [row for row in rows if row[1]],
        "confidence": CONFIDENCE[file.confidence],
        "open_points": open_points,
    }
    return render_to_string("portal/parts/source.html", context)
