"""The example on the home page: a real rule, an invented license and invented credits, judged by the same engine."""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from perennial.apps.licenses.queries import rule_for
from perennial.apps.portal.finding import Finding, finding_of
from perennial.core.rules import Credit, License, Standing, evaluate

STATE, PROFESSION, NAME = "WA", "clinical_social_worker", "Washington LICSW"
EARNED: tuple[tuple[int, str, str, dict[str, str], str], ...] = (
    (40, "Trauma care in practice", "6", {}, "live_online"),
    (150, "Ethics and law for practice", "3", {"ethics": "3", "law_ethics": "3"}, "live_online"),
    (260, "Suicide: assessment, treatment, management", "6", {"suicide_prevention": "6"}, "live_in_person"),
    (400, "Working with couples", "4.5", {}, "asynchronous"),
)


@lru_cache(maxsize=2)
def example(day: date) -> Finding | None:
    """The example as of a day; None where the rule base lacks the rule."""
    rule = rule_for(STATE, PROFESSION)
    if rule is None:
        return None
    license = License(expires=day + timedelta(days=97), issued=day - timedelta(days=3000), renewal_number=4)
    credits = tuple(
        Credit(
            id=str(n),
            title=title,
            date=day - timedelta(days=ago),
            hours=Decimal(hours),
            format=form,
            topics={slug: Decimal(inside) for slug, inside in topics.items()},
            approvals=("ASWB_ACE",),
        )
        for n, (ago, title, hours, topics, form) in enumerate(EARNED)
    )
    return finding_of(NAME, rule, evaluate(rule, Standing(license, day, credits)), day)
