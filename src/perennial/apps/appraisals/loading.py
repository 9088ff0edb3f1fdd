"""Tells what the library holds for appraisals; it is read from its files, and nothing is kept of it before someone uses it."""

from collections.abc import Callable

from perennial.apps.appraisals.library import examples, forms, problems


def load(report: Callable[[str], None]) -> None:
    """Report how many forms and worked examples there are, and what is wrong with files that were left out."""
    for problem in problems():
        report(f"appraisals, left out: {problem}")
    report(f"{len(forms())} forms for appraisals, {len(examples())} worked examples")
