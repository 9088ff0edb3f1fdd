"""A page is three neighbours, and holds nothing that the content policy forbids."""

import re

from tests.architecture.tree import APPS, named, templates, tracked

SHARED = "_"  # a template that several pages of an area include begins so; one page's own part begins with the page's name
INLINE = re.compile(
    r"""\sstyle=["']|\son[a-z]+=["']|<style|javascript:|<script(?![^>]*\b(?:src=|type="application/json"))""", re.IGNORECASE
)
OUTSIDE = re.compile(r"""<(?:script|img|iframe|link|audio|video|source|use)\b[^>]*\b(?:src|href)=["']\s*(?:https?:)?//""", re.IGNORECASE)


def test_every_page_has_its_template_and_its_test_beside_it() -> None:
    alone = []
    for path in tracked():
        if path.parent.name != "pages" or APPS not in path.parents or path.suffix != ".py" or path.name.startswith(("test_", "__")):
            continue
        wanted = [path.with_name(f"test_{path.stem}.py")]
        if "show(" in path.read_text(encoding="utf-8"):
            wanted.append(path.with_suffix(".html"))
        alone += [f"{named(path)} wants {neighbour.name}" for neighbour in wanted if not neighbour.exists()]
    assert not alone, "\n".join(alone)


def test_every_template_of_a_page_has_its_view_beside_it() -> None:
    alone = []
    for path in templates():
        if path.parent.name == "pages" and not path.name.startswith(SHARED):
            views = (path.with_suffix(".py"), path.with_name(f"{path.stem.rpartition('_')[0]}.py"))
            alone += [] if any(view.exists() for view in views) else [named(path)]
    assert not alone


def test_templates_hold_no_inline_script_or_style() -> None:
    assert not [named(path) for path in templates() if INLINE.search(path.read_text(encoding="utf-8"))]


def test_pages_ask_no_other_host_for_anything() -> None:
    assert not [named(path) for path in templates() if OUTSIDE.search(path.read_text(encoding="utf-8"))]
