"""The compacts beside a license as pages show them: what is known, where it comes from, and what is open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from perennial.apps.licenses.rules import compacts_of
from perennial.core.rules.compacts import Compact
from perennial.core.values.words import partial_day


@dataclass(frozen=True, slots=True)
class CompactView:
    """A compact in words. `beside` names the licenses of one person beside which it stands; empty on a page for everyone."""

    name: str
    says: str
    source: str
    url: str
    read: str
    open: tuple[str, ...]
    beside: tuple[str, ...] = field(default=())


def compacts_for_all(profession: str) -> tuple[CompactView, ...]:
    """Every compact that a profession knows, for a page that everyone may read."""
    return tuple(_view(compact) for compact in compacts_of(profession))


def compacts_beside(licenses: Iterable[tuple[str, str]], held: frozenset[str]) -> tuple[CompactView, ...]:
    """The compacts beside licenses given as (profession, name), each once.

    One that goes with a credential of its own is shown only to those who said that they hold it; `held` is what they said.
    """
    names: dict[str, list[str]] = {}
    found: dict[str, Compact] = {}
    for profession, name in licenses:
        for compact in compacts_of(profession):
            if compact.attribute is None or compact.attribute in held:
                found[compact.name] = compact
                names.setdefault(compact.name, []).append(name)
    return tuple(_view(compact, *names[key]) for key, compact in found.items())


def _view(compact: Compact, *beside: str) -> CompactView:
    source = compact.source
    read = "" if source.kind == "unread" else partial_day(source.read)
    return CompactView(compact.name, compact.says, source.cite, source.url or "", read, compact.open, beside)
