"""A catalog's file as offers for the planner."""

from pathlib import Path

from perennial.core.planner.catalogs import Catalog, Listed, RowFault, read_catalog
from perennial.core.planner.facts import Offer
from perennial.core.rules.scenario import Faulty
from perennial.core.rules.vocabulary import Vocabulary
from perennial.core.values import Problem


def read_offers(path: Path, vocabulary: Vocabulary) -> Catalog[Offer]:
    """Every offer of a file, and a problem for each that cannot be used. Raises `Faulty` where the file itself cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        raise Faulty(str(path), "the file cannot be read", "Check the name.") from None
    found = read_catalog(data, vocabulary, _offer)
    if found.whole is not None:
        raise Faulty(_inside(path, found.whole), found.whole.what, found.whole.mend)
    problems = tuple(Problem(f"{path.name}, {one.where}", one.what, one.mend) for one in found.refused)
    return Catalog(found.taken, problems)


def _offer(listed: Listed) -> Offer:
    if not listed.id:
        raise RowFault("id", "missing", "Give each offer an id of its own.")
    return listed.offer()


def _inside(path: Path, problem: Problem) -> str:
    return path.name if problem.where == "the file" else f"{path.name}, {problem.where}"
