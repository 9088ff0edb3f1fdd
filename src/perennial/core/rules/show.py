"""A rule as it stands on a day, for people to read: each figure with its words and source."""

from datetime import date
from typing import Any

from perennial.core.rules.rule import Rule, in_force
from perennial.core.rules.schema import Figure


def show_rule(rule: Rule, on: date) -> dict[str, Any]:
    """The rule's figures in force on a day, its sources, and what it leaves open."""
    file = rule.file
    lines = [
        _line(rule, key, requirement.name, figure)
        for key, requirement in file.requirements.items()
        for figure in (in_force(requirement.at_least, on), in_force(requirement.each_year, on))
        if figure is not None
    ]
    lines += [
        _line(rule, key, limit.name, figure) for key, limit in file.limits.items() if (figure := in_force(limit.at_most, on)) is not None
    ]
    return {
        "jurisdiction": rule.jurisdiction,
        "profession": rule.profession,
        "title": file.title,
        "board": file.board,
        "licenses": list(file.licenses),
        "confidence": file.confidence,
        "period": file.period.says,
        "window": file.window.says if file.window else None,
        "first_renewal": file.first_renewal.says,
        "carry_over": file.carry_over.says,
        "on": on.isoformat(),
        "lines": lines,
        "unchecked": [f"{point.ask} {point.read}" for point in file.open.values()],
        "sources": {key: source.model_dump() for key, source in file.sources.items()},
    }


def _line(rule: Rule, key: str, name: str | None, figure: Figure) -> dict[str, Any]:
    source = rule.file.sources.get(figure.source)
    return {
        "requirement": key,
        "name": name or ("Hours in all" if key == "total" else rule.vocabulary.name(key)),
        "hours": None if figure.hours is None else float(figure.hours),
        "percent": None if figure.percent is None else float(figure.percent),
        "in_force_from": None if figure.start is None else figure.start.isoformat(),
        "says": figure.says,
        "source": None if source is None else {"cite": source.cite, "url": source.url, "read": source.read},
    }
