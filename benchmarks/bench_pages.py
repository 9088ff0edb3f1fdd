"""Dashboard and requirement page on SQLite with 10,000 people in the database: server time and number of queries.

Runs in a process of its own, so that its data folder and settings are its own. The time is that of the whole request through
every middleware and the template, without the network; the first request, which compiles templates, does not count.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from benchmarks.result import Result, median_ms

PEOPLE = 10_000
CREDITS = 12
ASKED = 40


def measure() -> Iterator[Result]:
    """Medians in milliseconds and the queries of each page."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "PERENNIAL_DATA": data, "DJANGO_SETTINGS_MODULE": "perennial.config.settings"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.bench_pages"]
        printed = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    for name, value, unit, budget in json.loads(printed.splitlines()[-1]):
        yield Result(name, value, unit, budget)


def main() -> None:
    """Fill a database, ask for the pages, print what they took as JSON."""
    import django  # noqa: PLC0415  only in the process that has settings

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    print(json.dumps(list(_measured(_filled()))))


def _filled() -> list[int]:
    """10,000 people, each with one license and twelve credits; the ids of the licenses of those who will ask."""
    from django.db import transaction  # noqa: PLC0415

    from perennial.apps.accounts.models import Person  # noqa: PLC0415
    from perennial.apps.credits.models import Entry  # noqa: PLC0415
    from perennial.apps.licenses.models import License  # noqa: PLC0415

    today = datetime.now(tz=UTC).date()
    with transaction.atomic():
        people = Person.objects.bulk_create([Person(email=f"p{n}@example.org", name=f"Person {n}") for n in range(PEOPLE)], 1000)
        licenses = License.objects.bulk_create([license_for(License, person, n, today) for n, person in enumerate(people)], 1000)
        for start in range(0, PEOPLE, 500):
            part = people[start : start + 500]
            Entry.objects.bulk_create([entry_for(Entry, p, n, today) for p in part for n in range(CREDITS)], 1000)
    return [license.pk for license in licenses[:ASKED]]


def license_for(model, person, number: int, today: date):  # type: ignore[no-untyped-def]  # models are there once Django is
    state = ("CA", "TX", "NY", "FL", "OH")[number % 5]
    profession = ("clinical_social_worker", "counselor", "marriage_family_therapist", "psychologist")[number % 4]
    return model(
        person=person,
        jurisdiction=state,
        profession=profession,
        number=str(10_000 + number),
        issued_on=today - timedelta(days=3000),
        expires_on=today + timedelta(days=200),
        renewal_number=4,
        birth_month=6,
    )


def entry_for(model, person, number: int, today: date):  # type: ignore[no-untyped-def]  # models are there once Django is
    return model(
        person=person,
        kind="earned",
        title=f"Course {number}",
        provider_name="A provider",
        completed_on=today - timedelta(days=30 + 40 * number),
        minutes=180,
        format=("live_online", "asynchronous")[number % 2],
        topics={"ethics": 60} if number % 3 == 0 else {},
        approvals=["APA"],
        origin="own",
        entered_at=datetime.now(tz=UTC),
        key=f"bench-{number}",
    )


def _measured(licenses: list[int]) -> Iterator[tuple[str, float, str, float]]:
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from perennial.apps.licenses.models import License  # noqa: PLC0415

    clients = []
    for pk in licenses:
        client = Client(SERVER_NAME="localhost")
        client.force_login(License.objects.get(pk=pk).person)
        clients.append((client, pk))
    for name, path in (("dashboard", "/dashboard/"), ("requirement page", "/dashboard/{pk}/")):
        turn = iter(range(10**6))

        def ask(path: str = path, turn: Iterator[int] = turn) -> int:
            client, pk = clients[next(turn) % ASKED]
            response = client.get(path.format(pk=pk))
            assert response.status_code == 200, response.status_code
            return response.status_code

        yield f"{name} with {PEOPLE:,} people", median_ms(ask, times=ASKED * 3, warm=ASKED), "ms", 15
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ask()
        yield f"{name}: queries", len(seen), "queries", 15


if __name__ == "__main__":
    main()
