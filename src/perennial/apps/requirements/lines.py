"""The lines of a rule by their names, as people choose the one that is wrong."""

from collections.abc import Mapping

from perennial.core.rules import Rule

WHOLE = ""
PARTS = {
    "period": "The renewal period",
    "window": "When hours must be earned",
    "first_renewal": "The first renewal",
    "carry_over": "Hours carried over",
    "approvals": "Whose approval counts",
    "counting": "How hours are counted",
    "licenses": "Which licenses it covers",
    "sources": "A source or its address",
}
ELSE = "Something else, or something that is missing"


def groups_of(rule: Rule) -> Mapping[str, Mapping[str, str]]:
    """The lines by what they are, each as key path of the rule file -> name, in the order of the rule's page."""
    file, name = rule.file, rule.vocabulary.name
    return {
        "What is asked": {
            f"requirements.{k}": r.name or ("Hours in all" if k == "total" else name(k)) for k, r in file.requirements.items()
        },
        "At most": {f"limits.{k}": limit.name or name(k) for k, limit in file.limits.items()},
        "Around it": PARTS,
        "Open questions": {f"open.{k}": point.ask for k, point in file.open.items()},
        "The rule as a whole": {WHOLE: ELSE},
    }


def lines_of(rule: Rule) -> Mapping[str, str]:
    """Key path of the rule file -> name with a capital; the empty path is the rule as a whole."""
    return {key: f"{words[:1].upper()}{words[1:]}" for group in groups_of(rule).values() for key, words in group.items()}


def line_name(rule: Rule | None, line: str) -> str:
    """What a line is called; a line that the rule has no more is called by its path."""
    return lines_of(rule).get(line, line) if rule else line
