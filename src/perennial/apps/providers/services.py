"""What is done with providers, those who work for them, and their approvals."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from perennial.apps.accounts.queries import Person, digest, person_by_email
from perennial.apps.providers.models import Approval, Invitation, Membership, Provider
from perennial.apps.providers.queries import invitation_by_secret
from perennial.core.approval import Body, bodies
from perennial.core.values import Refusal, written

INVITED = timedelta(days=14)
MOST_DESKS = 20
TRIES = 5
RESERVED = {"invitations", "providers"}  # addresses of the desk that are no provider's
Role = Membership.Role
POLICIES: Mapping[str, str] = {
    "accommodation": "text on accommodation",
    "refund": "text on refunds",
    "grievance": "text on complaints",
    "records": "text on records",
}
LONGEST_POLICY = 4000
MOST_ADMINISTRATORS = 20


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What a provider enters of an approval; it holds from `starts_on` until the day before `ends_on`."""

    slug: str
    number: str
    statement: str
    starts_on: date
    ends_on: date | None


@transaction.atomic
def keep_provider(*, slug: str, name: str, address: str = "", is_sample: bool = False) -> Provider:
    """Have the provider with this slug say this; safe to repeat. A sample never becomes real, nor a real one a sample."""
    provider = Provider.objects.select_for_update().filter(slug=slug).first() or Provider(slug=slug, is_sample=is_sample)
    if provider.is_sample != is_sample:
        raise Refusal(f"The provider “{slug}” is {'a sample' if provider.is_sample else 'real'} and stays so. Choose another slug.")
    provider.name, provider.address = name.strip(), address.strip()
    if not provider.name:
        raise Refusal("A provider needs a name, as it shall stand on certificates.")
    provider.save()
    return provider


@transaction.atomic
def keep_papers(
    *, provider: Provider, name: str, address: str, policies: Mapping[str, str], administrators: Sequence[tuple[str, str]]
) -> Provider:
    """Have a provider say this about itself. `policies` are texts by name (`POLICIES`); administrators are names with qualifications."""
    provider = Provider.objects.select_for_update().get(pk=provider.pk)
    provider.name = written(name, "name of the provider", 200, required=True)
    provider.address = written(address, "address", 300)
    for key in POLICIES:
        setattr(provider, key, written(policies.get(key, ""), POLICIES[key], LONGEST_POLICY))
    if len(administrators) > MOST_ADMINISTRATORS:
        raise Refusal(f"Name at most {MOST_ADMINISTRATORS} administrators of the program.")
    provider.administrators = [
        {"name": written(who, "administrator's name", 200, required=True), "qualifications": written(what, "qualifications", 1000)}
        for who, what in administrators
    ]
    provider.save()
    return provider


@transaction.atomic
def keep_approval(*, provider: Provider, body: str, number: str, statement: str, starts_on: date, ends_on: date | None) -> Approval:
    """Have the provider hold this approval of a body that `core.approval` does not know; safe to repeat. Approvals of a sample are samples.

    Where the record says otherwise, the new entry replaces what stood.
    """
    standing = _standing_of(provider, body, starts_on)
    said = (number, statement, ends_on, False)
    if standing and (standing.number, standing.statement, standing.ends_on, standing.is_void) == said:
        return standing
    return _enter(
        Approval(provider=provider, body=body, number=number, statement=statement, starts_on=starts_on, ends_on=ends_on, replaces=standing)
    )


@transaction.atomic
def enter_approval(*, provider: Provider, facts: ApprovalFacts, person: Person, at: datetime) -> Approval:
    """Add an approval to the provider's record. The same body and first day twice are refused: that is a correction."""
    body = _body(facts.slug)
    standing = _standing_of(provider, body.name, facts.starts_on)
    if standing and not standing.is_void:
        raise Refusal(f"An approval of {body.name} from this day is on record. Correct that entry instead.")
    return _enter(_made(provider, body, facts, person, at, replaces=standing))


@transaction.atomic
def correct_approval(*, approval: Approval, facts: ApprovalFacts, reason: str, person: Person, at: datetime) -> Approval:
    """Add an entry that stands in place of this one; both stay on record. Certificates that were issued are not changed."""
    entry = _made(approval.provider, _body(facts.slug), facts, person, at, replaces=_still_standing(approval))
    entry.reason = written(reason, "reason", 300, required=True)
    return _enter(entry)


@transaction.atomic
def void_approval(*, approval: Approval, reason: str, person: Person, at: datetime) -> Approval:
    """Add an entry that says that there was no such approval; both stay on record, and it is named nowhere from now on."""
    old = _still_standing(approval)
    entry = Approval(replaces=old, is_void=True, entered_by=person, entered_at=at, reason=written(reason, "reason", 300, required=True))
    for field in ("provider", "slug", "body", "number", "statement", "starts_on", "ends_on"):
        setattr(entry, field, getattr(old, field))
    return _enter(entry)


def _body(slug: str) -> Body:
    if slug not in bodies():
        raise Refusal("Choose the approval body from the list.")
    return bodies()[slug]


def _made(provider: Provider, body: Body, facts: ApprovalFacts, person: Person, at: datetime, replaces: Approval | None) -> Approval:
    """An entry with these facts, not kept yet."""
    return Approval(
        provider=provider,
        slug=body.slug,
        body=body.name,
        number=written(facts.number, "number", 80),
        statement=written(facts.statement, "statement", LONGEST_POLICY, required=True),
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        replaces=replaces,
        entered_by=person,
        entered_at=at,
    )


def _enter(entry: Approval) -> Approval:
    """Keep a new entry; the provider's row is locked, so that two corrections of one entry come one after the other."""
    if entry.ends_on is not None and entry.ends_on <= entry.starts_on:
        raise Refusal("An approval ends after it starts. Look at its two dates.")
    entry.is_sample = Provider.objects.select_for_update().get(pk=entry.provider_id).is_sample
    if entry.replaces_id and Approval.objects.filter(replaces=entry.replaces_id).exists():
        raise Refusal("This entry was corrected meanwhile. Look at the record, and correct what stands now.")
    entry.save()
    return entry


def _still_standing(approval: Approval) -> Approval:
    if Approval.objects.filter(replaces=approval).exists() or approval.is_void:
        raise Refusal("This entry was corrected meanwhile. Look at the record, and correct what stands now.")
    return approval


def _standing_of(provider: Provider, body: str, starts_on: date) -> Approval | None:
    """The last entry of the chain that begins with this body and first day, void ones included."""
    first = Approval.objects.filter(provider=provider, body=body, starts_on=starts_on, replaces=None).first()
    entry = first or Approval.objects.filter(provider=provider, body=body, starts_on=starts_on, replaced_by=None).last()
    while entry is not None and (following := Approval.objects.filter(replaces=entry).first()) is not None:
        entry = following
    return entry


@transaction.atomic
def open_provider(*, person: Person, name: str, address: str, at: datetime) -> Provider:
    """Make a provider whose first administrator is this person; where the site asks for it, staff have to confirm it."""
    named = written(name, "name of the provider", 200, required=True)
    if Membership.objects.filter(person=person).count() >= MOST_DESKS:
        raise Refusal(f"You work for {MOST_DESKS} providers already. Ask the person who runs this site if you need more.")
    provider = _opened(Provider(name=named, address=written(address, "address", 300), is_confirmed=settings.OPEN_CATALOG))
    Membership.objects.create(provider=provider, person=person, role=Role.ADMINISTRATOR, since=at)
    return provider


def _opened(provider: Provider) -> Provider:
    """Keep a new provider under a short name of its name; under another where somebody took that one at the same moment."""
    for _ in range(TRIES):
        provider.slug = _free_slug(provider.name)
        try:
            with transaction.atomic():
                provider.save(force_insert=True)
                return provider
        except IntegrityError:
            continue
    raise Refusal("Many providers of this name are being opened at this moment. Try once more.")


def _free_slug(name: str) -> str:
    """A slug of the name that no provider has yet."""
    base = slugify(name)[:70].strip("-") or "provider"
    taken = RESERVED | set(Provider.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if slug not in taken)


@transaction.atomic
def add_member(*, provider: Provider, email: str, role: str, at: datetime) -> Membership:
    """Let the person with this address work for the provider, in this role; safe to repeat."""
    person = person_by_email(email)
    if person is None or role not in Role.values:
        raise Refusal("Nobody here signs in with this address. Ask for the one that they sign in with, or make a link for them.")
    found, made = Membership.objects.get_or_create(provider=provider, person=person, defaults={"role": role, "since": at})
    if not made and found.role != role:
        _keep_an_administrator(found, role)
        found.role = role
        found.save(update_fields=["role"])
        _end_invitations(found, at)
    return found


@transaction.atomic
def remove_member(*, membership: Membership, at: datetime) -> None:
    """Let a person work for the provider no longer; one administrator always stays. Links that the person made work no longer either."""
    _keep_an_administrator(membership, "")
    _end_invitations(membership, at)
    membership.delete()


def _end_invitations(membership: Membership, at: datetime) -> None:
    """End what the person offered to others, where nobody took it yet: nobody comes back by a link of their own."""
    Invitation.objects.filter(provider_id=membership.provider_id, made_by=membership.person_id, used_at=None, ends_at__gt=at).update(
        ends_at=at
    )


def _keep_an_administrator(membership: Membership, role: str) -> None:
    """Refuse to leave a provider without an administrator."""
    if role != Role.ADMINISTRATOR and not _administrators(membership.provider_id) - {membership.person_id}:
        raise Refusal("A provider keeps one administrator. Make somebody else an administrator first.")


def _administrators(provider: int) -> set[int]:
    """The provider's administrators, their rows locked until the end of the transaction, always in one order."""
    rows = Membership.objects.select_for_update().filter(provider_id=provider, role=Role.ADMINISTRATOR).order_by("pk")
    return {row.person_id for row in rows}


@transaction.atomic
def invite(*, provider: Provider, person: Person, role: str, at: datetime) -> str:
    """Make a link for one new member; gives its secret, which is kept nowhere. Refused for who is no administrator (any more)."""
    if person.pk not in _administrators(provider.pk):
        raise Refusal("Only administrators make links for others. Ask one of them.")
    if role not in Role.values:
        raise Refusal("Say whether they shall be an administrator or an author.")
    secret = secrets.token_urlsafe(24)
    Invitation.objects.create(provider=provider, role=role, digest=digest(secret), made_by=person, made_at=at, ends_at=at + INVITED)
    return secret


@transaction.atomic
def accept_invitation(*, secret: str, person: Person, at: datetime) -> Provider:
    """Make the person a member by a link; who is one already keeps the role."""
    invitation = invitation_by_secret(secret, at)
    if invitation is None or not Invitation.objects.filter(pk=invitation.pk, used_at=None, ends_at__gt=at).update(used_at=at):
        raise Refusal("This link was used before, or is over. Ask for a new one.")
    Membership.objects.get_or_create(provider=invitation.provider, person=person, defaults={"role": invitation.role, "since": at})
    return invitation.provider


@transaction.atomic
def confirm_provider(*, provider: Provider) -> None:
    """Say that the site knows this provider; its courses may show in the catalog."""
    Provider.objects.filter(pk=provider.pk).update(is_confirmed=True)
