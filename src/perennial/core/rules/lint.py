"""Everything that can be wrong with a rule base: words, sources, notes, open points, cases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perennial.core.rules.cases import cases_path, disagreements, read_cases, unproved
from perennial.core.rules.changes import faults as change_faults
from perennial.core.rules.changes import read_changes, stands
from perennial.core.rules.load import PROFESSIONS, load_rule, rule_paths
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Effect, Figure, Limit, Requirement, RuleFile, Selection
from perennial.core.rules.vocabulary import ANY, NATIONAL, Vocabulary, read_vocabulary, unknown_word
from perennial.core.values import Problem


@dataclass(frozen=True, slots=True)
class Linted:
    """What a lint found: files read, cases run, problems."""

    files: int
    cases: int
    problems: tuple[Problem, ...]


def lint(root: Path, only: Iterable[Path] = ()) -> Linted:
    """Check a whole rule base, or only some files, wherever they lie."""
    vocabulary = read_vocabulary(root / "vocabulary.toml")
    chosen = [p.resolve() for p in only if not p.name.endswith(".cases.toml")]
    paths = chosen or list(rule_paths(root))
    problems: list[Problem] = []
    tables: dict[str, dict[str, Any]] = {}
    ran = 0
    for path in paths:
        name = str(path.relative_to(root)) if path.is_relative_to(root) else path.name
        rule, faults = load_rule(path, vocabulary, name)
        problems += faults
        if rule is None:
            continue
        problems += rule_problems(name, rule, vocabulary)
        tables[name.removesuffix(".toml")] = rule.file.model_dump(by_alias=True)
        count, faulty = _case_problems(path, name, rule)
        ran += count
        problems += faulty
    if not chosen:
        problems += _gaps(paths, vocabulary)
        changes, faulty_changes = read_changes(root)
        problems += [*faulty_changes, *change_faults(changes, tables)]
    return Linted(len(paths), ran, tuple(problems))


def _gaps(paths: list[Path], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every jurisdiction has a rule for every profession."""
    have = {(p.parent.name.upper(), p.stem) for p in paths}
    for jurisdiction in vocabulary.jurisdictions:
        for profession in PROFESSIONS:
            if (jurisdiction, profession) not in have:
                where = f"us/{jurisdiction.lower()}/{profession}.toml"
                yield Problem(where, "there is no rule file", "Write one, or say in it what is not known.")


def _case_problems(path: Path, name: str, rule: Rule) -> tuple[int, list[Problem]]:
    beside = cases_path(path)
    cases_name = name.removesuffix(".toml") + ".cases.toml"
    if not beside.exists():
        return 0, [Problem(cases_name, "there are no worked cases", "Add at least one, worked by hand from the source.")]
    cases, problems = read_cases(beside, rule, cases_name)
    found = list(problems)
    if not cases and not problems:
        found.append(Problem(cases_name, "there are no worked cases", "Add at least one, worked by hand from the source."))
    wrong = list(disagreements(rule, cases))
    found += [Problem(f"{cases_name}: {case.name}", how, "Correct the rule or the case.") for case, how in wrong]
    if not wrong:
        mend = "Add a case whose answer changes without it."
        found += [Problem(f"{name}: {key}", "no case fails without it", mend) for key in unproved(rule, cases)]
    return len(cases), found


def rule_problems(name: str, rule: Rule, vocabulary: Vocabulary) -> Iterator[Problem]:
    """What is wrong inside one rule file."""
    file = rule.file
    yield from _sources(name, file)
    yield from _words(name, file, vocabulary)
    yield from _references(name, file)
    yield from _notes(name, file)


def _figures(file: RuleFile) -> Iterator[tuple[str, Figure]]:
    for key, requirement in file.requirements.items():
        parts = (*requirement.at_least, *requirement.each_year, *(f for w in requirement.within for f in w.at_most))
        yield from ((f"requirements.{key}", figure) for figure in parts)
    for key, limit in file.limits.items():
        yield from ((f"limits.{key}", figure) for figure in limit.at_most)
    yield from (("carry_over", figure) for figure in file.carry_over.at_most)


def _sources(name: str, file: RuleFile) -> Iterator[Problem]:
    used: list[tuple[str, str | None]] = [(where, figure.source) for where, figure in _figures(file)]
    used += [("period", file.period.source), ("first_renewal", file.first_renewal.source)]
    used += [("approvals", file.approvals.source), ("counting", file.counting.source)]
    used += [("window", file.window.source if file.window else None)]
    used += [(f"classes.{k}", c.source) for k, c in file.classes.items()]
    used += [(f"requirements.{k}.kinds", r.kinds.source) for k, r in file.requirements.items() if r.kinds]
    used += [("grants", g.source) for g in file.grants] + [("suspended", w.source) for w in file.suspended]
    used += [(f"limits.{k}.waived", w.source) for k, x in file.limits.items() for w in x.waived]
    for where, source in used:
        if source is not None and source not in file.sources:
            known = ", ".join(file.sources)
            yield Problem(f"{name}: {where}", f"unlisted source '{source}'", f"List it under sources; listed: {known}.")
    for key, source_table in file.sources.items():
        if source_table.url is not None and not source_table.url.startswith(("http://", "https://")):
            yield Problem(f"{name}: sources.{key}", "its address is not a web address", "Give the address it was read at.")


def _selections(file: RuleFile) -> Iterator[tuple[str, Selection]]:
    holders: dict[str, Requirement | Limit] = {f"requirements.{k}": r for k, r in file.requirements.items()}
    holders |= {f"limits.{k}": x for k, x in file.limits.items()}
    for where, holder in holders.items():
        yield where, holder
        yield from ((where, u) for u in holder.unsure)
        if isinstance(holder, Requirement):
            yield from ((where, s) for s in (*holder.also, *holder.counts_where, *((holder.first_only,) if holder.first_only else ())))
    for key, requirement in file.requirements.items():
        yield from ((f"requirements.{key}.within", w.what) for w in requirement.within)
    for key, kind in file.classes.items():
        yield from ((f"classes.{key}", s) for s in (*kind.any, *kind.unsure))
    for key, point in file.open.items():
        yield from ((f"open.{key}", e.cap) for e in point.could if e.cap is not None)
    yield from (("counting.excluded", s) for s in file.counting.excluded)


def _words(name: str, file: RuleFile, vocabulary: Vocabulary) -> Iterator[Problem]:
    known_approvals = {*vocabulary.approvals, *vocabulary.labels, NATIONAL, ANY}
    for where, what in _selections(file):
        checks = (
            ("topic", what.topics, vocabulary.topics),
            ("format", (*what.formats, *what.not_formats), vocabulary.formats),
            ("approver", (*what.approvals, *what.not_approvals), known_approvals),
        )
        for kind, slugs, known in checks:
            yield from (unknown_word(f"{name}: {where}", kind, s, known) for s in slugs if s not in known)
    for slug in file.approvals.accepted:
        if slug not in known_approvals:
            yield unknown_word(f"{name}: approvals", "approver", slug, known_approvals)
    yield from (unknown_word(f"{name}: duties", "duty", d, vocabulary.duties) for d in file.duties if d not in vocabulary.duties)
    known_attributes = vocabulary.attributes
    yield from (unknown_word(f"{name}: {at}", "attribute", s, known_attributes) for at, s in _attributes(file) if s not in known_attributes)


def _attributes(file: RuleFile) -> Iterator[tuple[str, str]]:
    """Every attribute that a file asks for, and where."""
    for key, requirement in file.requirements.items():
        figures = (*requirement.at_least, *requirement.each_year)
        for slug in (*requirement.applies_to, *(s for figure in figures for s in figure.applies_to)):
            yield f"requirements.{key}", slug
    for key, limit in file.limits.items():
        yield from ((f"limits.{key}", slug) for figure in limit.at_most for slug in figure.applies_to)
    for key, point in file.open.items():
        yield from ((f"open.{key}", slug) for effect in point.could for slug in effect.applies_to)


def _references(name: str, file: RuleFile) -> Iterator[Problem]:
    """Ids of requirements and limits named elsewhere must exist."""
    known = {*file.requirements, *file.limits, "carry_over"}
    named = [(f"requirements.{k}.disjoint", o) for k, r in file.requirements.items() for o in r.disjoint]
    for step in file.first_renewal.steps:
        named += [("first_renewal.steps", key) for key in step.asks]
        named += [("first_renewal.steps", key) for key in (step.prorate.per_six_months if step.prorate else ())]
    for key, point in file.open.items():
        named += [(f"open.{key}", target) for effect in point.could for target in _targets(effect)]
    for where, key in named:
        if key not in known:
            yield Problem(f"{name}: {where}", f"no requirement or limit '{key}'", f"There are: {', '.join(sorted(known))}.")
    for key, requirement in file.requirements.items():
        if not (requirement.at_least or requirement.each_year or requirement.kinds):
            yield Problem(f"{name}: requirements.{key}", "it asks nothing", "Give at_least, each_year or kinds.")


def _targets(effect: Effect) -> list[str]:
    named = (effect.figure, effect.not_asked, effect.due_now, effect.unverified, effect.not_yearly, effect.recurs, *effect.apart)
    return [target for target in named if target is not None]


def _notes(name: str, file: RuleFile) -> Iterator[Problem]:
    """Each sentence of the research sheet is encoded somewhere or open."""
    tables = file.model_dump(by_alias=True)
    for number, note in enumerate(file.notes, 1):
        where = f"{name}: notes, {note.sheet} (number {number})"
        if not note.encoded and not note.open:
            yield Problem(where, f"is neither encoded nor open: '{note.says[:60]}'", "Say where it went.")
        for path in note.encoded:
            if not stands(tables, path):
                yield Problem(where, f"nothing stands at '{path}'", "Name a key of this file.")
        for point in note.open:
            if point not in file.open:
                yield Problem(where, f"no open point '{point}'", f"There are: {', '.join(file.open) or 'none'}.")
