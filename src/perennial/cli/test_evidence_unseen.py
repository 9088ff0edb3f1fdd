"""`perennial evidence pool` and `import` over files as people have them: the figures against a reckoning of the test's own, faults by their
words, and never a trace or half an import."""

import json
import math
import random
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from perennial.apps.trials.models import Dataset, PooledLine
from perennial.cli.evidence import evidence
from perennial.cli.unusable import Unusable

pytestmark = pytest.mark.django_db
Rows = Sequence[tuple[str, float, float]]
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
THREE: Rows = (("A", 0.5, 0.2), ("B", 0.3, 0.1), ("C", 0.1, 0.15))
PLAIN = "study;.g;.g_se;time\nA;0,5;0,2;post\nB;0,3;0,1;post\nC;0,1;0,15;post\nC;0,9;0,1;FU\n"
MEANS = "study,mean_arm1,sd_arm1,n_arm1,mean_arm2,sd_arm2,n_arm2\n"


def g_of(m1: float, m2: float, sd: float, n1: int, n2: int) -> tuple[float, float]:
    """Hedges' g and its standard error by the closed form."""
    df = n1 + n2 - 2
    g = (m1 - m2) / sd * math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2) - math.log(df / 2) / 2)
    return g, math.sqrt(1 / n1 + 1 / n2 + g * g / (2 * (n1 + n2)))


def joined(rows: Rows) -> tuple[Array, Array]:
    """One effect for each study by generalized least squares at a correlation of 0.5, with the whole matrix inverted."""
    y, v = [], []
    by_study: dict[str, list[tuple[float, float]]] = {}
    for study, *one in rows:
        by_study.setdefault(study, []).append((one[0], one[1]))
    for own, se in (np.array(some).T for some in by_study.values()):
        inverse = np.linalg.inv(np.outer(se, se) * (0.5 + 0.5 * np.eye(len(se))))
        y.append(inverse.sum(axis=0) @ own / inverse.sum())
        v.append(1 / inverse.sum())
    return np.array(y), np.array(v)


def run(command: str, *arguments: object) -> Result:
    more = ["pool"] if command == "pool" else ["import", "--format", "metapsy"]
    return CliRunner().invoke(evidence, [*more, *(str(one) for one in arguments)], standalone_mode=False)


def packed() -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    return body.getvalue()


def post(time: str) -> bytes:
    return PLAIN.replace("post", time).encode()


GOOD: dict[str, tuple[bytes, Rows]] = {
    "semicolons, decimal commas, latin-1": (PLAIN.replace("A;", "Åström 01;").encode("latin-1"), (("Åström 01", 0.5, 0.2), *THREE[1:])),
    "signs of Windows": (PLAIN.replace("A;", "“A”;").encode("cp1252"), (("“A”", 0.5, 0.2), *THREE[1:])),
    "UTF-16": (PLAIN.encode("utf-16"), THREE),
    "UTF-16 without its mark": (PLAIN.encode("utf-16-le"), THREE),
    "UTF-8 with its mark, Windows' line ends": (PLAIN.replace("\n", "\r\n").encode("utf-8-sig"), THREE),
    "tabs": (PLAIN.replace(";", "\t").encode(), THREE),
    "empty lines before and after": (f"\n\n{PLAIN}\n;;;\n".encode(), THREE),
    "commas, and decimal commas in quotes": (b'study,.g,.g_se\nA,"0,500","0,200"\nB,"0,3","0,1"\nC,"0,100","0,150"\n', THREE),
    "line breaks in quotes": (b'study;.g;.g_se;note\nA;0,5;0,2;"one\ntwo; ""three"""\nB;0,3;0,1;x\nC;0,1;0,15;y\n', THREE),
    "other names, bars": (b"Author|Hedges.g|Std. Error\nA|0.5|0.2\nB|0.3|0.1\nC|0.1|0.15\n", THREE),
    "names with and without a dot": (b"study,g,.se,extra\nA,0.5,0.2,1\nB,0.3,0.1,\nC,0.1,0.15,x\n", THREE),
    "variances": (b"study,yi,vi\nA,0.5,0.04\nB,0.3,0.01\nC,0.1,0.0225\n", THREE),
    "no column of times": (b"study,g,se\nA,0.5,0.2\nB,0.3,0.1\nC,0.1,0.15\n", THREE),
    "an empty column of times": (b"study,g,se,time\nA,0.5,0.2,NA\nB,0.3,0.1,\nC,0.1,0.15,-\n", THREE),
    "marks for missing": (b'study,g,se\nA,0.5,0.2\nB,0.3,0.1\nC,0.1,0.15\nD,-,0.1\nE,0.2,""\nF,NA,n/a\nG,999,999\n', THREE),
    "text and endless figures": (b"study,g,se\nA,0.5,0.2\nB,0.3,0.1\nC,0.1,0.15\nD,inf,0.1\nE,0.2*,0.1\nF,1e308,0.1\n", THREE),
    "errors of 0, below 0 and too small": (b"study,g,se\nA,0.5,0.2\nB,0.3,0.1\nC,0.1,0.15\nD,1,0\nE,1,-0.1\nF,1,1e-200\n", THREE),
    "one study": (b"study,g,se\nA,0.5,0.2\n", THREE[:1]),
    "two studies": (b"study,g,se\nA,0.5,0.2\nB,0.3,0.1\n", THREE[:2]),
    "all effects equal": (b"study,g,se\nA,0.5,0.2\nB,0.5,0.1\n", (("A", 0.5, 0.2), ("B", 0.5, 0.1))),
    "rows that come twice": (b"study,g,se\nA,0.5,0.2\nA,0.5,0.2\nB,0.3,0.1\n", (("A", 0.5, 0.2), ("A", 0.5, 0.2), ("B", 0.3, 0.1))),
    "several arms": (
        b"study,multi_arm1,g,se\nA,f2f,0.5,0.2\nA,online,0.1,0.3\nA,book,0.2,0.25\nB,,0.3,0.1\nC,,0.1,0.15\n",
        (("A", 0.5, 0.2), ("A", 0.1, 0.3), ("A", 0.2, 0.25), *THREE[1:]),
    ),
    "thousands": (
        f'{MEANS}A,10.5,5.5,"1,200",12,5.5,40\nB,10,5,100,12,5,100\nC,11,5,50,12,5,50\n'.encode(),
        (("A", *g_of(10.5, 12, 5.5, 1200, 40)), ("B", *g_of(10, 12, 5, 100, 100)), ("C", *g_of(11, 12, 5, 50, 50))),
    ),
    **{f"post-test is {one}": (post(one), THREE) for one in ("post-test", "Post_Treatment", "End of treatment", "postintervention")},
}
"""Files that can be pooled, with the effects that are in them."""


BAD: dict[str, tuple[bytes, str]] = {
    "an empty file": (b"", "is empty"),
    "a page in its place": (b"<!DOCTYPE html><html>404</html>", "is HTML or XML, not CSV"),
    "a workbook by another name": (packed(), "is no text. Save it as CSV in UTF-8, not as a workbook"),
    "a NUL in its midst": (PLAIN.replace("B;", "B\x00;").encode(), "is no text"),
    "only names of columns": (b"study;.g;.g_se\n", "has no rows that can be read"),
    "one column": (b"# made by hand\n", "line 1: has one column"),
    "an open quote in the last column": (
        b'study;.g;.g_se;n\nA;1;0,2;x\nB;1;0,2;"y\nC;2;0,1;z\n',
        "line 3: opens a quote that is never closed",
    ),
    "an open quote elsewhere": (b'study;.g;.g_se\nA;1;0,2\n"B;1;0,2\nC;2;0,1\n', "line 3: opens a quote that is never closed"),
    "an endless cell": (b"study;.g;.g_se\nA;1;0,2\nB;1;" + b"9" * 140_000 + b"\n", "line 3: cannot be read"),
    "no column of studies": (b"name;.g;.g_se\nA;1;0,2\n", "has no column of studies"),
    "no effect": (b"study;n\nA;1\n", "holds no Hedges' g or log risk ratio with a standard error"),
    "no standard error": (b"study;.g;.g_se\nA;1;\nB;2;NA\n", "holds no Hedges' g or log risk ratio with a standard error"),
    "standard errors of 0 alone": (b"study;.g;.g_se\nA;1;0\nB;2;0\n", "(2 rows: a standard error of 0)"),
    "other times alone": (post("FU"), "column time: has no rows measured at “post”. Choose a time with --time, or “any”; it has FU."),
    "figures beyond reckoning": (b"study;.g;.g_se\nA;1e308;0,1\nB;-1e308;0,1\n", "figures too large or too small to reckon with"),
}
"""Files that cannot be used, and what is said of them."""


@pytest.mark.parametrize("name", GOOD)
def test_the_figures_are_those_that_the_closed_forms_give(name: str, tmp_path: Path) -> None:
    body, rows = GOOD[name]
    file = tmp_path / "unseen.csv"
    file.write_bytes(body)
    y, v = joined(rows)
    k, w = len(y), 1 / v
    plain = float(w @ y / w.sum())
    q = float(w @ (y - plain) ** 2)
    for method in ("DL", "REML"):
        done = run("pool", file, "--json", "--method", method)
        assert done.return_value == 0, done.exception
        found = json.loads(done.stdout)
        assert found["k"] == k
        if k == 1:
            assert (found["estimate"], found["se"]) == (pytest.approx(y[0]), pytest.approx(math.sqrt(v[0])))
            assert [found[one] for one in ("tau2", "i2", "q", "prediction_interval", "egger", "trim_fill")] == [None] * 6
            continue
        tau2 = max(0.0, (q - k + 1) / float(w.sum() - w @ w / w.sum())) if method == "DL" else found["tau2"]
        weights = 1 / (v + tau2)
        mean = float(weights @ y / weights.sum())
        assert found["tau2"] == pytest.approx(tau2, abs=1e-12)
        assert found["q"] == pytest.approx(q, abs=1e-12)
        assert found["estimate"] == pytest.approx(mean, abs=1e-12)
        assert found["se"] == pytest.approx(math.sqrt(float(weights @ (y - mean) ** 2) / ((k - 1) * weights.sum())), abs=1e-12)
        typical = (k - 1) * float(w.sum()) / float(w.sum() ** 2 - w @ w)
        assert found["i2"] == pytest.approx(100 * tau2 / (tau2 + typical), abs=1e-9)
    again = run("import", file, "--json")
    assert again.return_value in (0, 1), again.exception
    assert json.loads(run("pool", json.loads(again.stdout)["slug"], "--json").stdout) == found


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_said_exactly_and_nothing_of_it_is_kept(name: str, tmp_path: Path) -> None:
    body, says = BAD[name]
    file = tmp_path / "unseen.csv"
    file.write_bytes(body)
    for command in ("pool", "import"):
        done = run(command, file, "--json")
        assert isinstance(done.exception, Unusable), done.output
        assert says in str(done.exception)
        assert done.stdout == ""
    assert not Dataset.objects.exists()
    assert not PooledLine.objects.exists()


def test_an_import_of_which_lines_are_left_out_is_told_by_its_status(tmp_path: Path) -> None:
    file = tmp_path / "unseen.csv"
    for body, line in (
        (b"study;.g;.g_se\nA;1;0,2\nB;1\nC;2;0,1\n", "line 3: has 2 cells for 3 columns"),
        (f'{MEANS}A,10,5,"1,200",12,5,40\nB,10,5,100,12,5,100\n'.encode(), "line 2, column n_arm1: “1,200” stands where a number is due"),
    ):
        file.write_bytes(body)
        done = run("import", file)
        assert (done.return_value, line in done.stderr) == (1, True), done.stderr


def test_thirty_thousand_rows_are_pooled_and_too_many_for_the_site(tmp_path: Path) -> None:
    draw = random.Random(4)
    rows = [(f"S{number % 400}", round(draw.gauss(0.5, 0.3), 4), round(draw.uniform(0.1, 0.5), 4)) for number in range(30_000)]
    file = tmp_path / "unseen.csv"
    file.write_text("study,g,se\n" + "".join(f"{study},{y},{se}\n" for study, y, se in rows))
    found = json.loads(run("pool", file, "--json", "--method", "FE").stdout)
    y, v = joined(rows)
    assert (found["k"], found["estimate"]) == (400, pytest.approx(float((y / v).sum() / (1 / v).sum()), abs=1e-9))
    assert "over 20,000 lines" in str(run("import", file).exception)
    assert not Dataset.objects.exists()
