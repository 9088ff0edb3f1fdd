"""The rail beside every page of a draft: its parts, and of each whether it is in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from perennial.apps.desk.parts import SINGLE, Kind, shortened
from perennial.apps.desk.problems import Mend
from perennial.apps.desk.queries import Draft, DraftPart, Parts


@dataclass(frozen=True, slots=True)
class Stop:
    """One part in a list: how many things it has to mend, and the page of it to which the list leads."""

    draft: Draft
    part: DraftPart
    faults: int
    page: str = "part"
    judged: bool = True

    @property
    def name(self) -> str:
        """What the part is called."""
        return name_of(self.part)

    @property
    def address(self) -> str:
        """The address of its page."""
        return address_of(self.draft, self.part, self.page)

    @property
    def state(self) -> str:
        """met: in order; part: something to mend; empty: not judged while the course as a whole cannot be read."""
        return "part" if self.faults else "met" if self.judged else ""

    @property
    def words(self) -> str:
        """The state for those who do not see the leaf."""
        return f"{self.faults} to mend" if self.faults else "in order" if self.judged else "judged once the other parts can be read"


@dataclass(frozen=True, slots=True)
class Rail:
    """The single parts, and the lists of those of which there are many."""

    single: Sequence[Stop]
    sections: Sequence[Stop]
    items: Sequence[Stop]
    cases: Sequence[Stop]

    @property
    def faulty(self) -> Sequence[Stop]:
        """Every part that has something to mend."""
        return [stop for stop in (*self.single, *self.sections, *self.items, *self.cases) if stop.faults]

    @property
    def faulty_items(self) -> int:
        """How many questions have something to mend."""
        return sum(bool(stop.faults) for stop in self.items)


def rail_of(draft: Draft, parts: Parts, faults: Mapping[str, Sequence[Mend]], *, judged: bool = True) -> Rail:
    """The rail of a draft; asks the database nothing. `judged`: the course could be read, so that this site has judged every part."""

    def stops(listed: Sequence[DraftPart]) -> list[Stop]:
        return [Stop(draft, part, len(faults.get(part.key, ())), judged=judged) for part in listed]

    single = [parts.single[kind] for kind in SINGLE if kind in parts.single]
    return Rail(stops(single), stops(parts.sections), stops(parts.items), stops(parts.cases))


def address_of(draft: Draft, part: DraftPart, page: str = "part") -> str:
    """The address of a part's page, or of another page of the part."""
    names = [draft.provider.slug, draft.slug, part.kind]
    return reverse(f"desk:{page}", args=[*names, part.name] if part.name else names)


def name_of(part: DraftPart) -> str:
    """What a part is called in lists."""
    if part.kind == Kind.ITEM:
        stem = str(part.data.get("stem") or "").strip()
        return f"{part.name}: {shortened(stem)}" if stem else f"{part.name}: no question yet"
    if part.kind in (Kind.SECTION, Kind.CASE):
        return str(part.data.get("title") or "") or f"Untitled ({part.name})"
    return part.get_kind_display()
