"""Nothing grows past what one can read at a sitting."""

import ast

from tests.architecture.tree import SOURCE, modules, named, templates

FUNCTION, MODULE, TEMPLATE, STYLE = 60, 400, 150, 30_000


def test_no_function_is_longer_than_its_budget() -> None:
    long = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION:
                    long.append(f"{named(path)}:{node.lineno} {node.name}: {lines} lines")
    assert not long, "\n".join(long)


def test_no_module_is_longer_than_its_budget() -> None:
    long = {named(path): count for path in modules() if (count := len(path.read_text(encoding="utf-8").splitlines())) > MODULE}
    assert not long


def test_no_template_is_longer_than_its_budget() -> None:
    long = {named(path): count for path in templates() if (count := len(path.read_text(encoding="utf-8").splitlines())) > TEMPLATE}
    assert not long


def test_the_style_sheet_stays_light() -> None:
    assert (SOURCE / "ui/static/ui/perennial.css").stat().st_size <= STYLE


def test_every_module_says_its_purpose_first() -> None:
    silent = [
        named(path)
        for path in modules()
        if SOURCE in path.parents
        and path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_no_module_is_a_drawer_for_all_sorts_of_things() -> None:
    assert not [named(path) for path in modules() if path.name in ("utils.py", "helpers.py", "common.py", "misc.py")]
