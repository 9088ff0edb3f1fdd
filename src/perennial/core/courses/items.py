"""Read the item bank of a course."""

from perennial.core.courses.course import Item, Option
from perennial.core.courses.table import Table, read_each

KINDS = ("single", "multiple", "true_false")


def read_item(table: Table) -> Item:
    """A question with its options; exactly one is right, except in `multiple`, where one or more are."""
    item = Item(
        id=table.slug("id"),
        kind=table.choice("kind", KINDS),
        objective=table.text("objective"),
        section=table.text("section"),
        stem=table.text("stem"),
        options=read_each(table.tables("options"), _option),
    )
    right = sum(option.correct for option in item.options)
    if item.kind in {"single", "true_false"} and right != 1:
        table.fault("options", f"{item.id} has {right} right options", "Mark exactly one as correct.")
    if item.kind == "multiple" and not right:
        table.fault("options", f"{item.id} has no right option", "Mark every right one as correct.")
    if item.kind == "true_false" and len(item.options) != 2:
        table.fault("options", f"{item.id} has {len(item.options)} options", "Write two: true and false.")
    if len(item.options) < 2:
        table.fault("options", f"{item.id} leaves no choice", "Write at least two.")
    if len({option.text.casefold() for option in item.options}) < len(item.options):
        table.fault("options", f"{item.id} has the same option twice", "Write each once.")
    return item


def _option(table: Table) -> Option:
    """One answer; whether its rationale may be empty is for the checks to say."""
    return Option(table.text("text"), table.flag("correct"), table.text("rationale", blank=True))
