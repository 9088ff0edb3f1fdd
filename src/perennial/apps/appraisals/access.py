"""Whose appraisals and pairs they are; for everyone else they are not there."""

from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.appraisals.models import Appraisal, Pairing, Share

SHARED, JOINING = Signer(salt="appraisals.share"), Signer(salt="appraisals.pair")


def appraisal_of(person: Person, pk: int) -> Appraisal:
    """The person's own appraisal, with work, form and pair; else 404."""
    return get_object_or_404(Appraisal.objects.select_related("work", "form", "pairing", "corrects"), pk=pk, person=person)


def pairing_of(person: Person, pk: int) -> Pairing:
    """A pair in which the person rates, with work, form and both people; else 404."""
    mine = Pairing.objects.filter(Q(person=person) | Q(second=person))
    return get_object_or_404(mine.select_related("work", "form", "person", "second"), pk=pk)


def token_of_share(share: Share) -> str:
    """What the address of a shared appraisal ends with."""
    return SHARED.sign(str(share.pk))


def token_of_pairing(pairing: Pairing) -> str:
    """What the address for the second rater ends with."""
    return JOINING.sign(str(pairing.pk))


def share_by(token: str, person: Person | None) -> Share:
    """What is shared under this address, for everybody or for this very person; else 404."""
    rows = Share.objects.select_related("appraisal__work", "appraisal__form", "appraisal__person")
    share = get_object_or_404(rows, pk=_signed(SHARED, token), ended_at=None)
    if share.email and (person is None or person.email != share.email):
        raise Http404("for somebody else")
    return share


def is_for_somebody(token: str) -> bool:
    """Whether the address shows something to one named person, so that it is worth signing in."""
    return Share.objects.filter(pk=_signed(SHARED, token), ended_at=None).exclude(email="").exists()


def pairing_by(token: str) -> Pairing:
    """The pair that looks for its second rater under this address; else 404."""
    return get_object_or_404(Pairing.objects.select_related("work", "form", "person", "second"), pk=_signed(JOINING, token))


def _signed(signer: Signer, token: str) -> int:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError) as fault:
        raise Http404("no such address") from fault
