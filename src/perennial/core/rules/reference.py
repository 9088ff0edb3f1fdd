"""The reference page of the rule language, made from its schema."""

from collections.abc import Iterator
from typing import Any

from perennial.core.rules.changes import Changes
from perennial.core.rules.schema import RuleFile


def rule_files_page() -> str:
    """docs/reference/rule-files.md: every table and key that a rule file may hold."""
    schema = RuleFile.model_json_schema(by_alias=True)
    tables = {"RuleFile": schema, **schema["$defs"]}
    lines = [
        "# Rule files",
        "",
        "Made by `make docs` from `src/perennial/core/rules/schema.py`; do not edit.",
        "",
        "A rule file is TOML, `rulebase/us/<state>/<profession>.toml`; its path is its name. An unknown key is an error.",
        "How the keys are counted with: [counting](../algorithms/counting.md). Why this language: decision 0010.",
        "",
    ]
    for name, table in tables.items():
        lines += _table(name, table)
    lines += [
        "# What we read otherwise",
        "",
        "`rulebase/changes.toml`, from `src/perennial/core/rules/changes.py`: when rules were read first, and what we corrected since,",
        "although the law did not change. Why it stands apart: decision 0023.",
        "",
    ]
    changes = Changes.model_json_schema(by_alias=True)
    for name, table in {"Changes": changes, **changes["$defs"]}.items():
        lines += _table(name, table)
    return "\n".join(lines)


def _table(name: str, table: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield " ".join(str(table.get("description", "")).split())
    yield ""
    yield "| Key | Holds | Without it | Meaning |"
    yield "|---|---|---|---|"
    required = set(table.get("required", ()))
    for key, field in table.get("properties", {}).items():
        default = "required" if key in required else _default(field.get("default"))
        yield f"| `{key}` | {_holds(field)} | {default} | {field.get('description', '')} |"
    yield ""


def _default(value: object) -> str:
    return "nothing" if value in (None, [], {}) or isinstance(value, dict) else f"`{str(value).lower()}`"


def _holds(field: dict[str, Any]) -> str:
    """What a key holds, in words."""
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{str(field['const']).lower()}`"
    if "anyOf" in field:
        kinds = [_holds(part) for part in field["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if field.get("type") == "array":
        return f"list of {_holds(field['items'])}"
    if field.get("type") == "object" and "additionalProperties" in field:
        return f"table of {_holds(field['additionalProperties'])}"
    plain = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number"}
    return "date" if field.get("format") == "date" else plain.get(str(field.get("type")), "number")
