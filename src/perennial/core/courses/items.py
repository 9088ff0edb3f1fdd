"""Read the item bank of a course."""

from decimal import Decimal

from perennial.core.courses.course import Item, Numeric, Option, Pair
from perennial.core.courses.table import Table, read_each
from perennial.core.values.words import counted

CHOSEN = ("single", "multiple", "true_false")
KINDS = (*CHOSEN, "matching", "ordering", "numeric", "reflection")
LARGEST = Decimal("1e12")


def read_item(table: Table) -> Item:
    """A question with what its kind asks for; see `Item`."""
    kind = table.choice("kind", KINDS)
    chosen = kind in CHOSEN
    item = Item(
        id=table.slug("id"),
        kind=kind,
        objective=table.text("objective"),
        section=table.text("section"),
        stem=table.text("stem"),
        options=read_each(table.tables("options"), _option) if chosen else (),
        pairs=read_each(table.tables("pairs"), _pair) if kind == "matching" else (),
        steps=table.texts("steps") if kind == "ordering" else (),
        numeric=_numeric(table) if kind == "numeric" else None,
        rationale="" if chosen else table.text("rationale", blank=True, optional=True),
        pretest=table.flag("pretest", optional=True),
    )
    check = {"matching": _check_pairs, "ordering": _check_steps}.get(kind, _check_options if chosen else None)
    if check is not None:
        check(table, item)
    return item


def _option(table: Table) -> Option:
    """One answer; whether its rationale may be empty is for the checks to say."""
    return Option(table.text("text"), table.flag("correct"), table.text("rationale", blank=True))


def _pair(table: Table) -> Pair:
    """What belongs together; without `left`, what belongs to nothing."""
    return Pair(table.text("left", optional=True, blank=True), table.text("right"))


def _numeric(table: Table) -> Numeric:
    answer = table.table("numeric")
    found = Numeric(
        value=answer.number("value", -LARGEST, LARGEST) or Decimal(0),
        tolerance=answer.number("tolerance", Decimal(0), LARGEST, optional=True) or Decimal(0),
        unit=answer.text("unit", optional=True, blank=True),
    )
    answer.close()
    return found


def _check_options(table: Table, item: Item) -> None:
    """Exactly one is right, except in `multiple`, where one or more are."""
    right = sum(option.correct for option in item.options)
    if item.kind in {"single", "true_false"} and right != 1:
        table.fault("options", f"{item.id} has {counted(right, 'right option')}", "Mark exactly one as correct.")
    if item.kind == "multiple" and not right:
        table.fault("options", f"{item.id} has no right option", "Mark every right one as correct.")
    if item.kind == "true_false" and len(item.options) != 2:
        table.fault("options", f"{item.id} has {counted(len(item.options), 'option')}", "Write two: true and false.")
    if len(item.options) < 2:
        table.fault("options", f"{item.id} leaves no choice", "Write at least two.")
    if len({option.text.casefold() for option in item.options}) < len(item.options):
        table.fault("options", f"{item.id} has the same option twice", "Write each once.")


def _check_pairs(table: Table, item: Item) -> None:
    """At least two things to match, each once; the same answer may belong to several."""
    left = [pair.left.casefold() for pair in item.pairs if pair.left]
    if len(left) < 2:
        table.fault("pairs", f"{item.id} has {len(left)} to match", "Write at least two with left and right.")
    if len(set(left)) < len(left):
        table.fault("pairs", f"{item.id} asks for the same thing twice", "Write each left once.")
    if len({pair.right.casefold() for pair in item.pairs}) < 2:
        table.fault("pairs", f"{item.id} leaves no choice", "Write at least two different rights.")


def _check_steps(table: Table, item: Item) -> None:
    """At least two steps; the reader of the list has seen to it that each stands there once."""
    if len(item.steps) < 2:
        table.fault("steps", f"{item.id} has {counted(len(item.steps), 'step')}", "Write at least two, in their right order.")
