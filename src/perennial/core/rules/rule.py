"""A rule made ready for use: the file's tables with every selection compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perennial.core.rules.schema import Figure, Limit, Requirement, RuleFile, Selection
from perennial.core.rules.selection import Compiler, Matcher, Picker
from perennial.core.rules.vocabulary import ANY, OWN, Vocabulary


@dataclass(frozen=True, slots=True)
class Rule:
    """One profession's rule in one jurisdiction, as `load` gives it and `evaluate` takes it."""

    jurisdiction: str
    profession: str
    file: RuleFile
    vocabulary: Vocabulary
    requirements: Mapping[str, Picker]
    limits: Mapping[str, Picker]
    within: Mapping[str, tuple[Picker, ...]]
    counts_where: Mapping[str, tuple[Matcher, ...]]
    first_only: Mapping[str, Matcher]
    kinds: Mapping[str, tuple[Matcher, ...]]
    open_caps: tuple[tuple[str, int, Matcher], ...]
    excluded: tuple[Matcher, ...]
    repeats_of: tuple[Matcher, ...]
    accepted: frozenset[str]
    has_doubt: bool
    """Whether the file itself leaves membership or the place of hours in the total open."""

    @property
    def total(self) -> Requirement | None:
        """The requirement of hours in all, where there is one."""
        return self.file.requirements.get("total")

    def without(self, *, requirement: str | None = None, limit: str | None = None) -> "Rule":
        """The same rule with one requirement or limit taken out."""
        requirements = {k: v for k, v in self.file.requirements.items() if k != requirement}
        limits = {k: v for k, v in self.file.limits.items() if k != limit}
        changed = self.file.model_copy(update={"requirements": requirements, "limits": limits})
        return ready(self.jurisdiction, self.profession, changed, self.vocabulary)


def ready(jurisdiction: str, profession: str, file: RuleFile, vocabulary: Vocabulary) -> Rule:
    """Compile a rule file."""
    compiler = Compiler(file, vocabulary)
    accepted = vocabulary.expand(a for a in file.approvals.accepted if a != ANY)
    return Rule(
        jurisdiction=jurisdiction,
        profession=profession,
        file=file,
        vocabulary=vocabulary,
        requirements={k: _picker(compiler, k, r) for k, r in file.requirements.items()},
        limits={k: _picker(compiler, k, x) for k, x in file.limits.items()},
        within={
            k: tuple(compiler.picker(w.what, (), "in", is_limit=True) for w in r.within) for k, r in file.requirements.items() if r.within
        },
        counts_where={k: tuple(compiler.matcher(w) for w in r.counts_where) for k, r in file.requirements.items()},
        first_only={k: compiler.matcher(r.first_only) for k, r in file.requirements.items() if r.first_only},
        kinds={k: tuple(_class_matcher(compiler, slug) for slug in r.kinds.of) for k, r in file.requirements.items() if r.kinds},
        open_caps=tuple(
            (point_id, index, compiler.matcher(effect.cap))
            for point_id, point in file.open.items()
            for index, effect in enumerate(point.could)
            if effect.cap is not None
        ),
        excluded=tuple(compiler.matcher(what) for what in file.counting.excluded),
        repeats_of=tuple(compiler.matcher(what) for what in file.counting.repeats_of),
        has_doubt=any(r.unsure or r.counts_toward_total == "unknown" for r in file.requirements.values())
        or any(x.unsure for x in file.limits.values())
        or any(c.unsure for c in file.classes.values()),
        accepted=frozenset({ANY}) if ANY in file.approvals.accepted else accepted,
    )


def _picker(compiler: Compiler, key: str, what: Requirement | Limit) -> Picker:
    picker = compiler.picker(what, what.unsure, what.unsure_read, is_limit=isinstance(what, Limit))
    picker.own = key if key.startswith(OWN) and not what.topics else None
    if isinstance(what, Requirement):
        picker.also = tuple(compiler.matcher(more) for more in what.also)
        picker.has_doubt = picker.has_doubt or any(kind.has_doubt for more in picker.also for kind in more.classes)
    return picker


def _class_matcher(compiler: Compiler, slug: str) -> Matcher:
    return compiler.matcher(Selection(classes=(slug,)))


def in_force(figures: tuple[Figure, ...], day: date, attributes: frozenset[str] = frozenset()) -> Figure | None:
    """The figure that applies on a day: the latest begun, unless it has ended; one for such people before any other."""
    own = tuple(f for f in figures if f.applies_to and attributes.intersection(f.applies_to))
    found: Figure | None = None
    for figure in own or (f for f in figures if not f.applies_to):
        begun = figure.start is None or figure.start <= day
        over = figure.until is not None and figure.until < day
        if begun and not over and (found is None or (figure.start or date.min) >= (found.start or date.min)):
            found = figure
    return found
