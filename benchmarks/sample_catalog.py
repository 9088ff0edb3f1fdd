"""A sample to try the planner on: one person with licenses in three states, and a catalog of a thousand courses.

python -m benchmarks.sample_catalog FOLDER     writes person.yaml and catalog.json there, always the same
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

COURSES = 1000
TODAY = date(2026, 11, 25)
TOPICS = (
    "law_ethics", "ethics", "suicide_prevention", "cultural_competence", "telehealth", "clinical", "trauma", "substance_use",
    "child_abuse", "human_trafficking", "jurisprudence", "boundaries", "supervision", "aging",
)  # fmt: skip
FORMATS = (("asynchronous", 0.5), ("live_online", 0.25), ("live_in_person", 0.1), ("self_study", 0.1), ("reading", 0.05))
BODIES = (("NBCC_ACEP", 0.5), ("APA", 0.45), ("ASWB_ACE", 0.4), ("NYSED", 0.35), ("STATE_BOARD", 0.3))
DATED = ("live_online", "live_in_person")

PERSON = """\
- id: california
  person: sample
  jurisdiction: CA
  profession: clinical_social_worker
  license: {issued: 2016-05-02, expires: 2027-05-31, renewal_number: 6}
  as_of: 2026-11-25
  credits: &held
    - {id: held-1, title: Trauma-informed care, date: 2026-02-14, hours: 6, format: live_online, topics: {clinical: 6},
       approvals: [ASWB_ACE, NYSED]}
    - {id: held-2, title: Telehealth practice, date: 2026-06-20, hours: 3, format: asynchronous, topics: {telehealth: 3},
       approvals: [NBCC_ACEP]}
- id: texas
  person: sample
  jurisdiction: TX
  profession: clinical_social_worker
  license: {issued: 2018-03-12, expires: 2027-03-31, renewal_number: 4}
  as_of: 2026-11-25
  credits: *held
- id: new_york
  person: sample
  jurisdiction: NY
  profession: clinical_social_worker
  license: {issued: 2017-09-01, expires: 2027-08-31, renewal_number: 3}
  as_of: 2026-11-25
  credits: *held
"""


def catalog(known: frozenset[str]) -> list[dict[str, Any]]:
    """A thousand offers over the topics that are known."""
    r = Random(20261125)
    topics = [t for t in TOPICS if t in known]
    return [_offer(r, number, topics) for number in range(COURSES)]


def _offer(r: Random, number: int, topics: list[str]) -> dict[str, Any]:
    hours = r.choice((1, 1, 1.5, 2, 2, 3, 3, 4, 6, 8))
    form = r.choices([f for f, _ in FORMATS], [w for _, w in FORMATS])[0]
    chosen = r.sample(topics, r.choice((1, 1, 2)))
    price = max(500, round(hours * r.lognormvariate(2.6, 0.5) * (1.3 if form in DATED else 0.8)) * 100 - 5)
    found: dict[str, Any] = {
        "id": f"course-{number:04}",
        "title": f"{' and '.join(t.replace('_', ' ') for t in chosen).capitalize()}, course {number}",
        "hours": hours,
        "topics": {t: hours if len(chosen) == 1 else hours / 2 for t in chosen},
        "format": form,
        "approvals": [_approval(r, body) for body, often in BODIES if r.random() < often],
        "price_cents": price,
        "minutes": int(hours * 60) + r.choice((0, 0, 15, 30)),
    }
    if form in DATED:
        day = TODAY + timedelta(days=r.randint(5, 300))
        found |= {"starts": day.isoformat(), "ends": (day + timedelta(days=1 if hours > 6 else 0)).isoformat()}
    if r.random() < 0.1:
        found["course"] = f"series-{r.randint(1, 40)}"
    return found


def _approval(r: Random, body: str) -> dict[str, Any]:
    lapses = r.random() < 0.3
    return {"body": body, "until": (TODAY + timedelta(days=r.randint(20, 400))).isoformat()} if lapses else {"body": body}


def main() -> None:
    """Write both files."""
    from perennial.core.rules import load  # noqa: PLC0415  only where files are written

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "person.yaml").write_text(PERSON, encoding="utf-8")
    offers = catalog(frozenset(load().vocabulary.topics))
    (folder / "catalog.json").write_text(json.dumps(offers, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
