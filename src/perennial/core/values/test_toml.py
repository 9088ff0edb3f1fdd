"""TOML as people write it is read as it stands; what would take minutes is refused at once."""

import time
import tomllib
from decimal import Decimal

import pytest

from perennial.core.values.toml import read_toml

DEEP = ".".join("a" * 200_000)
WRITTEN = '''
title = "A. B. C. # not a comment, a = b"  # a comment. with. dots.
text = """Words. "Quoted." More words...
a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p
and a \\""" inside, and quotes at the end""""
raw = \'\'\'C:\\path.with.dots\'\'\'
"a key".b.'c.d' = 1.50
[[items]]
options = [{text = "Yes.", correct = true}, {text = 'No.', correct = false}]
'''


def test_what_people_write_is_read_as_tomllib_reads_it() -> None:
    assert read_toml(WRITTEN) == tomllib.loads(WRITTEN, parse_float=Decimal)
    assert read_toml(WRITTEN)["a key"]["b"]["c.d"] == Decimal("1.50")


@pytest.mark.parametrize(
    "text",
    [
        f"[{DEEP}]",
        f"[[{DEEP}]]",
        f"{DEEP} = 1",
        f"x = {{{DEEP} = 1}}",
        f'x = {{a = """b"""", {DEEP} = 1}}',
        f"x = {{a = '''b'''', {DEEP} = 1}}",
        f"x = '\\', \n{DEEP} = 1",
        f'x = "\\\\"\n{DEEP} = 1',
        ".".join(['"a b"', "'c . d'"] * 100_000) + " = 1",
    ],
)
def test_a_key_of_thousands_of_parts_is_refused_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="more than 32 parts"):
        read_toml(text)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text", ['"""' + '\\"""' * 200_000, '"""\\', "x = '''" + "''x" * 200_000, '"' * 500_000 + "\\", "x = " + '"\\' * 200_000]
)
def test_a_text_that_never_ends_costs_one_look(text: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError):  # noqa: PT011  whatever tomllib says of it
        read_toml(text)
    assert time.process_time() - began < 5


def test_numbers_of_endless_digits_and_endless_brackets_are_told() -> None:
    with pytest.raises(ValueError, match="digits"):
        read_toml(f"x = {'1' * 5000}")
    with pytest.raises(RecursionError):
        read_toml("x = " + "[" * 5000)
