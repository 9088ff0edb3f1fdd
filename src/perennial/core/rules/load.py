"""Read rule files: a whole rule base, or one file, with precise problems instead of exceptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rtoml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from perennial.core.rules.rule import Rule, ready
from perennial.core.rules.schema import RuleFile
from perennial.core.rules.vocabulary import Vocabulary, read_vocabulary
from perennial.core.values import Problem

PROFESSIONS = ("counselor", "clinical_social_worker", "marriage_family_therapist", "psychologist")

_WHAT = {
    "extra_forbidden": ("unknown key", "Remove it, or correct its spelling; the reference page lists the keys."),
    "missing": ("a key is missing", "Add it; the reference page says what it holds."),
    "date_type": ("not a date", "Write a date as 2026-11-25, without quotes."),
    "date_from_datetime_parsing": ("not a date", "Write a date as 2026-11-25, without quotes."),
    "decimal_parsing": ("not a number", "Write hours as a number, such as 1.5."),
}


@dataclass(frozen=True, slots=True)
class RuleBase:
    """All rules by jurisdiction and profession, with the words they share and what is wrong with the files."""

    rules: Mapping[tuple[str, str], Rule]
    vocabulary: Vocabulary
    problems: tuple[Problem, ...] = ()

    def rule(self, jurisdiction: str, profession: str) -> Rule | None:
        """The rule for a profession in a jurisdiction, where there is one."""
        return self.rules.get((jurisdiction.upper(), profession))


def default_folder() -> Path:
    """The rule base that comes with the program."""
    return Path(__file__).resolve().parents[4] / "rulebase"


def load(folder: Path | None = None) -> RuleBase:
    """Read a whole rule base. A file with a fault is left out and its problems are listed."""
    root = folder or default_folder()
    vocabulary = read_vocabulary(root / "vocabulary.toml")
    rules: dict[tuple[str, str], Rule] = {}
    problems: list[Problem] = []
    for path in rule_paths(root):
        rule, faults = load_rule(path, vocabulary, str(path.relative_to(root)))
        problems += faults
        if rule is not None:
            rules[rule.jurisdiction, rule.profession] = rule
    return RuleBase(rules, vocabulary, tuple(problems))


def rule_paths(root: Path) -> Iterator[Path]:
    """Every rule file of a rule base, in order; cases files are not rules."""
    for path in sorted(root.glob("us/*/*.toml")):
        if not path.name.endswith(".cases.toml"):
            yield path


def load_rule(path: Path, vocabulary: Vocabulary, where: str | None = None) -> tuple[Rule | None, tuple[Problem, ...]]:
    """One rule file; either the rule or what is wrong with it."""
    name = where or path.name
    data, problem = read_toml(path, name)
    if data is None:
        return None, (problem,) if problem else ()
    return rule_of(data, path, vocabulary, name)


def rule_of(data: dict[str, Any], path: Path, vocabulary: Vocabulary, name: str) -> tuple[Rule | None, tuple[Problem, ...]]:
    """The rule that the table of a rule file makes, as if the table stood at `path`; or what is wrong with it."""
    try:
        file = RuleFile.model_validate(data)
    except ValidationError as error:
        return None, tuple(problem_of(name, detail) for detail in error.errors(include_url=False))
    broken = tuple(_dangling(name, file))
    if broken:
        return None, broken
    return ready(path.parent.name.upper(), path.stem, file, vocabulary), ()


def read_toml(path: Path, name: str) -> tuple[dict[str, Any] | None, Problem | None]:
    """A TOML file as a table, or why it could not be read (with its line)."""
    try:
        return rtoml.loads(path.read_text(encoding="utf-8")), None
    except OSError:
        return None, Problem(name, "the file cannot be read", "Check that it exists and may be read.")
    except UnicodeDecodeError:
        return None, Problem(name, "the file is not UTF-8 text", "Save it as UTF-8.")
    except rtoml.TomlParsingError as error:
        return None, Problem(name, f"not valid TOML: {error}", "Correct the line named.")


def problem_of(name: str, detail: ErrorDetails) -> Problem:
    """What is wrong with one key, and how to mend it."""
    key = ".".join(str(part) for part in detail["loc"])
    what, mend = _WHAT.get(detail["type"], (detail["msg"].removeprefix("Value error, "), "Compare with the reference page."))
    return Problem(f"{name}: {key}", what, mend)


def _dangling(name: str, file: RuleFile) -> Iterator[Problem]:
    """Classes named in a selection must be defined, or nothing can be compiled."""
    selections = [(f"requirements.{k}", r.classes) for k, r in file.requirements.items()]
    selections += [(f"requirements.{k}.kinds", r.kinds.of) for k, r in file.requirements.items() if r.kinds]
    selections += [(f"limits.{k}", x.classes) for k, x in file.limits.items()]
    selections += [(f"open.{k}", e.cap.classes) for k, p in file.open.items() for e in p.could if e.cap is not None]
    for where, classes in selections:
        for slug in classes:
            if slug not in file.classes:
                known = ", ".join(file.classes) or "none"
                yield Problem(f"{name}: {where}", f"unknown class '{slug}'", f"Defined in this file: {known}.")
