"""Gives the sample people of a local site a few credits, so that their dashboards show something; all of them are invented."""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings

from perennial.apps.accounts.queries import Person, person_by_email
from perennial.apps.credits.queries import history_of
from perennial.apps.credits.services import CreditFacts, enter_credit

PROVIDER = "Sample Seminar (invented)"
# days before the load, title, minutes, minutes inside topics, format
Sample = tuple[int, str, int, dict[str, int], str]
SAMPLES: dict[str, tuple[Sample, ...]] = {
    "dana@example.org": (
        (24, "Own reading: grief after overdose", 90, {}, "reading"),
        (60, "Motivational interviewing: live skills practice", 360, {}, "live_online"),
        (140, "Ethics of telehealth across state lines", 180, {"law_ethics": 180, "ethics": 180, "telehealth": 60}, "live_online"),
        (230, "Cultural humility in first sessions", 180, {"cultural_competence": 180}, "live_in_person"),
        (330, "Suicide risk: assessment and safety planning", 360, {"suicide_prevention": 360}, "live_in_person"),
        (430, "Cognitive processing for trauma, part 1", 270, {}, "asynchronous"),
        (900, "Boundaries in small communities", 120, {"ethics": 120, "boundaries": 120}, "live_online"),
    ),
    "robin@example.org": (
        (45, "Couples in crisis: a two-day workshop", 720, {}, "live_in_person"),
        (200, "Boundaries in practice", 180, {"boundaries": 180, "ethics": 60}, "live_online"),
    ),
}


def load(report: Callable[[str], None]) -> None:
    """Enter the sample credits where the settings allow it and their owner has none; safe to repeat."""
    if not settings.SAMPLES:
        return
    added = 0
    for email, samples in SAMPLES.items():
        person = person_by_email(email)
        if person is None or history_of(person):
            continue
        for number, sample in enumerate(samples, 1):
            enter_credit(person=person, at=person.joined_at, key=f"sample-{number}", **_facts(person, sample))
        added += len(samples)
    if added:
        report(f"{added} sample credits")


def _facts(person: Person, sample: Sample) -> CreditFacts:
    ago, title, minutes, topics, form = sample
    made: date = person.joined_at.date()
    approvals = ("NYSED",) if person.email.startswith("robin") else ("ASWB_ACE",)
    return {
        "title": title,
        "provider_name": PROVIDER,
        "completed_on": made - timedelta(days=ago),
        "minutes": minutes,
        "format": form,
        "topics": topics,
        "approvals": () if form == "reading" else approvals,
    }
