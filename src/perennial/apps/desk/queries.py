"""Reads drafts, their parts, and what was saved of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.desk.models import Draft, DraftFile, DraftPart, PartRevision
from perennial.apps.providers.queries import Membership, Provider, memberships_of

__all__ = [
    "Draft",
    "DraftFile",
    "DraftPart",
    "Membership",
    "PartRevision",
    "Provider",
    "drafts_of",
    "export_of",
    "files_of",
    "parts_of",
    "removed_files_of",
    "removed_parts_of",
    "revisions_of",
]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a draft that are not removed: single ones by kind, the others in their order."""

    single: dict[str, DraftPart]
    sections: Sequence[DraftPart]
    items: Sequence[DraftPart]
    cases: Sequence[DraftPart]

    @property
    def all(self) -> Sequence[DraftPart]:
        """Every part."""
        return [*self.single.values(), *self.sections, *self.items, *self.cases]


def drafts_of(provider: Provider, *, removed: bool = False) -> list[Draft]:
    """The drafts of a provider, those changed last first; or those put away. One query."""
    return list(Draft.objects.filter(provider=provider, removed_at__isnull=not removed))


def parts_of(draft: Draft) -> Parts:
    """Every part that is not removed; one query."""
    found = list(DraftPart.objects.filter(draft=draft, removed_at=None))
    many = {kind: [part for part in found if part.kind == kind] for kind in ("section", "item", "case")}
    return Parts({part.kind: part for part in found if not part.name}, many["section"], many["item"], many["case"])


def removed_parts_of(draft: Draft) -> list[DraftPart]:
    """The parts that were removed and can be brought back, the last first; one query."""
    return list(DraftPart.objects.filter(draft=draft, removed_at__isnull=False).order_by("-removed_at"))


def revisions_of(part: DraftPart) -> list[PartRevision]:
    """Every saved state of a part, the newest first, with who saved it; one query."""
    return list(PartRevision.objects.filter(part=part).select_related("by"))


def files_of(draft: Draft) -> list[DraftFile]:
    """The files of a draft by name; one query."""
    return list(DraftFile.objects.filter(draft=draft, removed_at=None))


def removed_files_of(draft: Draft) -> list[DraftFile]:
    """The files that were removed and can be brought back, the last first; one query."""
    return list(DraftFile.objects.filter(draft=draft, removed_at__isnull=False).order_by("-removed_at", "-pk"))


def export_of(person: Person) -> dict[str, Any]:
    """Where a person works and what they began there, as plain values; two queries. What is written belongs to the provider."""
    return {
        "desks": [{"provider": one.provider.name, "role": one.role, "since": one.since.isoformat()} for one in memberships_of(person)],
        "drafts_begun": [
            {"course": draft.slug, "title": draft.title, "made_at": draft.made_at.isoformat()}
            for draft in Draft.objects.filter(made_by=person).order_by("pk")
        ],
    }
