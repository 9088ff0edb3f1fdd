"""The map of practice: everything on it by kind, or what answers a search, or what one follows."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.practices.pages.following import NOW
from perennial.apps.practices.queries import Practice, all_practices, followed_by, vocabulary
from perennial.core.vocabulary import Found, Kind, find
from perennial.ui import Page, Request, show

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A practice in the list: the first sentence of its definition, whether one follows it, and by which other words it was found."""

    slug: str
    name: str
    short: Sequence[str]
    says: str
    followed: bool
    found_by: str


@dataclass(frozen=True, slots=True)
class Group:
    """Practices under one heading; `key` marks the place."""

    key: str
    words: str
    rows: Sequence[Row]


class PracticesPage(Page):
    """What fits, in groups; `kinds` are value, words, chosen; `fresh` was just followed or no longer is."""

    template = "practices/pages/practices.html"
    title = "The map of practice"
    nav = "courses"
    description = "Ways of working, conditions, people and topics of the field: what each is, and what to read first."
    search: str
    mine: bool
    groups: Sequence[Group]
    kinds: Sequence[tuple[str, str, bool]]
    total: int
    follows: int
    fresh: Row | None

    @property
    def count(self) -> int:
        """How many fit."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.search or self.mine or any(chosen for _, _, chosen in self.kinds))


@require_safe
def practices(request: Request) -> HttpResponse:
    """Show what the address asks for."""
    sent = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST_SEARCH] for name in ("q", "kind", "mine", NOW)}
    followed = {one.slug for one in followed_by(request.user)} if request.user.is_authenticated else set()
    listed = {one.slug: one for one in all_practices()}
    mine = bool(sent["mine"]) and request.user.is_authenticated
    fitting = {
        slug: one for slug, one in listed.items() if (slug in followed or not mine) and (not sent["kind"] or one.kind == sent["kind"])
    }
    fresh = listed.get(sent[NOW]) if request.user.is_authenticated else None
    page = PracticesPage(
        search=sent["q"],
        mine=mine,
        groups=found_groups(sent["q"], fitting, followed) if sent["q"] else kind_groups(fitting, followed),
        kinds=[(kind.value, kind.words, kind == sent["kind"]) for kind in Kind],
        total=len(listed),
        follows=len(followed),
        fresh=row_of(fresh, followed) if fresh else None,
    )
    return show(request, page)


def kind_groups(fitting: Mapping[str, Practice], followed: Set[str]) -> list[Group]:
    """What fits, under the kinds that have any, by name."""
    groups = [Group(kind.value, kind.words, [row_of(one, followed) for one in fitting.values() if one.kind == kind]) for kind in Kind]
    return [group for group in groups if group.rows]


def found_groups(asked: str, fitting: Mapping[str, Practice], followed: Set[str]) -> list[Group]:
    """What answers a search, the best first."""
    rows = [row_of(fitting[one.slug], followed, one) for one in find(vocabulary(), asked) if one.slug in fitting]
    return [Group("found", "Best first", rows)] if rows else []


def row_of(one: Practice, followed: Set[str], found: Found | None = None) -> Row:
    """A practice for the list."""
    other = found.words if found and found.words != one.name else ""
    return Row(one.slug, one.name, one.abbreviations, one.definition.partition(". ")[0].rstrip(".") + ".", one.slug in followed, other)
