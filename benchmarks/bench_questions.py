"""Ten thousand questions in one bank, read from each format; with BENCH_PEER=1 beside pygiftparser on the same GIFT."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from benchmarks.result import Result
from perennial.core.courses import Item, Numeric, Option, Pair
from perennial.core.questions import WRITTEN, read_questions

MANY = 10_000
WORDS = "client therapist session evidence measure risk plan consent record trauma exposure sleep mood scale ethics".split()  # noqa: SIM905
PEER = """
import io, sys, time
from pygiftparser import parser
text = open(sys.argv[1], encoding="utf-8").read()
began = time.process_time()
print(len(parser.parseFile(io.StringIO(text))), time.process_time() - began)
"""


def measure() -> Iterator[Result]:
    """Processor seconds from the bytes to items with their report, which other work on the machine changes least."""
    items = bank(MANY)
    for name, form in WRITTEN.items():
        data = form.write([item for item in items if item.kind in form.kinds])
        began = time.process_time()
        taken = read_questions(data, f"bank{form.suffix}")
        spent = time.process_time() - began
        if len(taken.items) != MANY:
            raise AssertionError(f"{len(taken.items)} of {MANY} questions came back from {name}")
        yield Result(f"read {MANY:,} questions, {form.label}", spent, "s", 10)
        if name == "gift" and os.environ.get("BENCH_PEER"):
            yield Result("the same GIFT, times as long as pygiftparser 1.1", spent / peer(data), "x", 10)


def bank(many: int) -> list[Item]:
    """Questions of five kinds with comments, the same each time."""
    chance = random.Random(7)

    def words(count: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize()

    items = []
    for place in range(many):
        kind = ("single", "single", "multiple", "numeric", "matching")[place % 5]
        item = Item(f"q{place}", kind, "", "", f"{place}. {words(14)}?")
        if kind == "numeric":
            items.append(replace(item, numeric=Numeric(Decimal(place), Decimal("0.5"), ""), rationale=words(9)))
        elif kind == "matching":
            pairs = tuple(Pair(f"{n} {words(3)}", f"{n} {words(3)}") for n in range(4))
            items.append(replace(item, pairs=pairs, rationale=words(9)))
        else:
            right = 1 if kind == "single" else 2
            items.append(replace(item, options=tuple(Option(f"{n} {words(5)}", n < right, words(10)) for n in range(4))))
    return items


def peer(data: bytes) -> float:
    """Processor seconds of the peer on the same bytes, in a virtual environment made for it by name."""
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder) / "venv", Path(folder) / "bank.gift"
        file.write_bytes(data)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin/pip", "install", "-q", "pygiftparser==1.1"], check=True)
        ran = subprocess.run([home / "bin/python", "-c", PEER, file], check=True, capture_output=True, text=True)
    count, spent = ran.stdout.split()[-2:]
    if int(count) != MANY:
        raise AssertionError(f"the peer read {count} of {MANY}")
    return float(spent)
