"""What other programs see of the area `practices`: the map, and following."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from ninja import Router, Schema

from perennial.apps.practices.access import listed
from perennial.apps.practices.queries import Practice, all_practices, followed_by, vocabulary
from perennial.apps.practices.services import follow, unfollow
from perennial.core.vocabulary import find
from perennial.ui import Request, SignedIn

router = Router()


class PracticeBrief(Schema):
    """A practice in a list."""

    slug: str
    name: str
    kind: str
    synonyms: list[str]
    abbreviations: list[str]


class ReferenceOut(Schema):
    """A work to begin with."""

    doi: str
    text: str


class PracticeOut(PracticeBrief):
    """A practice with all that the library tells; `broader` and `related` are short names."""

    mesh: list[str]
    definition: str
    references: list[ReferenceOut]
    broader: list[str]
    related: list[str]
    checked: date


class FollowOut(Schema):
    """Whether one follows a practice."""

    practice: str
    following: bool


@router.get("", response=list[PracticeBrief], auth=None, summary="The map of practice")
def practices(request: Request, q: str = "", kind: str = "") -> list[Practice]:
    """All by name; with `q` what answers it, the best first. `kind` is modality, condition, population or topic."""
    rows = {one.slug: one for one in all_practices() if not kind or one.kind == kind}
    if not q.strip():
        return list(rows.values())
    return [rows[one.slug] for one in find(vocabulary(), q[:100]) if one.slug in rows]


@router.get("/followed", response=list[PracticeBrief], summary="What one follows")
def followed(request: SignedIn) -> Sequence[Practice]:
    """By name."""
    return followed_by(request.user)


@router.get("/{slug:slug}", response=PracticeOut, auth=None, summary="A practice")
def practice(request: Request, slug: str) -> Practice:
    """The practice as it is in the library now."""
    return listed(slug)


@router.put("/{slug:slug}/follow", response=FollowOut, summary="Follow a practice")
def start(request: SignedIn, slug: str) -> FollowOut:
    """Follow it; repeated, it changes nothing."""
    follow(person=request.user, practice=listed(slug), at=timezone.now())
    return FollowOut(practice=slug, following=True)


@router.delete("/{slug:slug}/follow", response=FollowOut, summary="Follow a practice no longer")
def stop(request: SignedIn, slug: str) -> FollowOut:
    """Stop; repeated, it changes nothing."""
    unfollow(person=request.user, practice=listed(slug))
    return FollowOut(practice=slug, following=False)
