"""Reads the shoebox: what waits, what is proposed and with which basis, and what is there already."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, utils

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.forms import FactsForm, as_hours
from perennial.apps.credits.models import Dropped, Proposal, ProposalState
from perennial.apps.credits.queries import CreditView, ledger_of, name_of
from perennial.apps.credits.words import approver_choices
from perennial.core.proofs import Found, Place, Reading, Sure

SURE = {Sure.CLEAR: "Read clearly", Sure.LIKELY: "Likely: look", Sure.UNSURE: "Not sure: look closely", Sure.MISSING: "Not read"}
STATES = {Sure.CLEAR: "met", Sure.LIKELY: "booked", Sure.UNSURE: "part", Sure.MISSING: "missing"}
ALIKE = 86


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a field says what it says: how sure, where in the file, and the text there in three parts, the middle one marked."""

    sure: str
    state: str
    where: str
    before: str
    marked: str
    after: str
    note: str


@dataclass(frozen=True, slots=True)
class Same:
    """What a proposal seems to be the same as: an entry of the record, or another proposal."""

    says: str
    title: str
    entry_id: int | None
    proposal_id: int | None


@dataclass(frozen=True)
class ProposalView:
    """A proposal as its person sees it; `draft` is what the form holds, by name of field."""

    id: int
    state: str
    file: str
    is_proof: bool
    sha256: str
    found: Found
    draft: Mapping[str, Any]
    edited: bool

    @property
    def title(self) -> str:
        """Its title, or the file's name where none was read."""
        return str(self.draft.get("title") or "") or self.file

    @cached_property
    def completed_on(self) -> date | None:
        """The day of completion, where one stands there."""
        try:
            return date.fromisoformat(str(self.draft.get("completed_on") or ""))
        except ValueError:
            return None

    @property
    def hours(self) -> str:
        """The CE hours as they stand in the form."""
        return str(self.draft.get("hours") or "")

    @property
    def form_name(self) -> str:
        """How it was taught, in words."""
        return name_of(str(self.draft["format"])) if self.draft.get("format") else ""

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What still has to be entered."""
        names = (("title", "title"), ("provider_name", "provider"), ("completed_on", "day"), ("hours", "hours"), ("format", "format"))
        return tuple(words for name, words in names if not self.draft.get(name))

    @property
    def doubtful(self) -> bool:
        """Whether a value was read with doubt and no one has changed it since."""
        one = (self.found.title, self.found.completed_on, self.found.hours, self.found.provider)
        return not self.edited and any(reading.value is not None and reading.sure == Sure.UNSURE for reading in one)

    def form(self, day: date) -> FactsForm:
        """The form as it stands, judged."""
        return FactsForm(dict_to_data(self.draft), day=day)

    @property
    def seal(self) -> str:
        """A digest of the draft: what was shown is what is entered."""
        return hashlib.sha256(json.dumps(self.draft, sort_keys=True, default=str).encode()).hexdigest()[:20]

    def basis(self) -> dict[str, Basis]:
        """The basis of each field, by its name in the form."""
        found = self.found
        fields: dict[str, Reading[Any]] = {
            "title": found.title,
            "provider_name": found.provider,
            "completed_on": found.completed_on,
            "hours": found.hours,
            "format": found.form,
        }
        return {name: _basis(reading.sure, reading.place, reading.note) for name, reading in fields.items()}

    def approvals_read(self) -> list[tuple[str, Basis]]:
        """The basis of each approval, with the approver and its number."""
        return [
            (f"{one.body}{f', number {one.number}' if one.number else ''}", _basis(one.sure, one.place, "")) for one in self.found.approvals
        ]

    def topics_read(self) -> list[tuple[str, Basis]]:
        """The basis of each topic that the file names, also of those whose hours it does not state."""
        return [(name_of(one.slug), _basis(one.sure, one.place, "")) for one in self.found.topics]


@dataclass(frozen=True, slots=True)
class Shoebox:
    """All that lies in a person's shoebox. `faults` are files that no one could read, with the reason."""

    open: Sequence[ProposalView]
    skipped: Sequence[ProposalView]
    entered: int
    waiting: int
    faults: Sequence[tuple[str, str]]
    same: Mapping[int, Same]

    @property
    def complete(self) -> list[ProposalView]:
        """Those that can be entered together: nothing is missing, nothing doubtful, and they are not there already."""
        return [view for view in self.open if not view.missing and not view.doubtful and view.id not in self.same]

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not (self.open or self.skipped or self.entered or self.waiting or self.faults)


def shoebox_of(person: Person) -> Shoebox:
    """The shoebox with everything that it seems to hold twice; four queries."""
    rows = list(Dropped.objects.filter(person=person))
    views = [proposal_view(one) for one in Proposal.objects.filter(person=person).select_related("dropped")]
    open_ones = [view for view in views if view.state == ProposalState.OPEN]
    return Shoebox(
        open=open_ones,
        skipped=[view for view in views if view.state == ProposalState.SKIPPED],
        entered=sum(view.state == ProposalState.ENTERED for view in views),
        waiting=sum(row.read_at is None for row in rows),
        faults=[(row.name, row.says) for row in rows if row.says and not row.media_type],
        same=doubles(open_ones, ledger_of(person)),
    )


def next_open(person: Person, *, after: int) -> int | None:
    """The proposal to look at after this one; None where none is left after it. One query."""
    return Proposal.objects.filter(person=person, state=ProposalState.OPEN, pk__gt=after).values_list("pk", flat=True).first()


def proposal_view(proposal: Proposal) -> ProposalView:
    """A proposal with its file (`dropped` is fetched with it)."""
    found = Found.model_validate(proposal.read)
    return ProposalView(
        id=proposal.pk,
        state=proposal.state,
        file=proposal.dropped.part or proposal.dropped.name,
        is_proof=bool(proposal.dropped.media_type),
        sha256=proposal.dropped.sha256,
        found=found,
        draft=proposal.edited if proposal.edited is not None else draft_of(found),
        edited=proposal.edited is not None,
    )


def draft_of(found: Found) -> dict[str, Any]:
    """What was read, as the form holds it. Topics come in only with the hours that the certificate states for them."""
    common = {slug for slug, _ in approver_choices()}
    slugs = list(dict.fromkeys(one.slug for one in found.approvals if one.slug))
    hours = found.hours.value
    stated = [topic for topic in found.topics if topic.hours and (hours is None or topic.hours <= hours)][:4]
    numbers = [f"{one.body} {one.number}" for one in found.approvals if one.number]
    lines = {
        name: value
        for line, topic in enumerate(stated, start=1)
        for name, value in ((f"topic_{line}", topic.slug), (f"topic_hours_{line}", _plain(topic.hours or Decimal(0))))
    }
    return {
        "title": found.title.value or "",
        "provider_name": found.provider.value or "",
        "completed_on": found.completed_on.value.isoformat() if found.completed_on.value else "",
        "hours": _plain(hours) if hours else "",
        "format": found.form.value or "",
        "approvals": [slug for slug in slugs if slug in common],
        "other_approvers": "; ".join(name_of(slug) for slug in slugs if slug not in common)[:200],
        "category": "",
        "course_key": "",
        "note": f"Numbers on the certificate: {'; '.join(numbers)}."[:1000] if numbers else "",
        **lines,
    }


def dict_to_data(draft: Mapping[str, Any]) -> Any:
    """A draft in the shape in which browsers send forms."""
    return DraftData(draft)


class DraftData(dict[str, Any]):
    """A dictionary with lists where a form asks for several values."""

    def getlist(self, name: str) -> list[Any]:
        """All values of a name."""
        value = self.get(name, [])
        return list(value) if isinstance(value, list) else [value]


def doubles(views: Sequence[ProposalView], ledger: Iterable[CreditView]) -> dict[int, Same]:
    """For each proposal what it seems to be the same as: in the record first, then earlier in the shoebox."""
    credits = list(ledger)
    found: dict[int, Same] = {}
    for index, view in enumerate(views):
        same = _in_ledger(view, credits) or _in_box(view, views[:index])
        if same is not None:
            found[view.id] = same
    return found


def _in_ledger(view: ProposalView, credits: Iterable[CreditView]) -> Same | None:
    for credit in credits:
        if view.is_proof and any(proof.sha256 == view.sha256 for proof in credit.proofs):
            return Same("The same file shows this credit of your record", credit.title, credit.id, None)
        if view.found.number and view.found.number == credit.certificate_number:
            return Same("Its certificate is in your record", credit.title, credit.id, None)
        if _alike(view, credit.title, credit.completed_on, as_hours(credit.minutes)):
            return Same("Looks the same as this credit of your record", credit.title, credit.id, None)
    return None


def _in_box(view: ProposalView, others: Iterable[ProposalView]) -> Same | None:
    for other in others:
        if _alike(view, other.title, other.completed_on, other.hours):
            return Same("Looks the same as another one in the shoebox", f"{other.title} ({other.file})", None, other.id)
    return None


def _alike(view: ProposalView, title: str, day: date | None, hours: str) -> bool:
    """Same day, same hours where both are known, and titles that differ in little."""
    if view.completed_on is None or view.completed_on != day or not view.draft.get("title"):
        return False
    if view.hours and hours and _number(view.hours) != _number(hours):
        return False
    return fuzz.token_sort_ratio(view.title, title, processor=utils.default_process) >= ALIKE


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text.replace(",", ".")).normalize()
    except ArithmeticError:
        return text


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _basis(sure: Sure, place: Place | None, note: str) -> Basis:
    before, marked, after = place.parted if place else ("", "", "")
    return Basis(SURE[sure], STATES[sure], _where(place), before, marked, after, note)


def _where(place: Place | None) -> str:
    """Where a value stands, in words."""
    if place is None:
        return ""
    spots = [
        f"page {place.page}" if place.page else "",
        f"line {place.line}" if place.line else "",
        f"row {place.row}" if place.row else "",
    ]
    spots.append(f"column “{place.column}”" if place.row and place.column else place.column)
    return ", ".join(spot for spot in spots if spot)
