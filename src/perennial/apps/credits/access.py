"""Who may see or change which credit: the thing itself, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import Proof
from perennial.apps.credits.queries import CreditHistory, history_of


def credit_of(person: Person, pk: int) -> CreditHistory:
    """The person's own credit that has this entry, or 404."""
    for history in history_of(person):
        if pk in history.entry_ids:
            return history
    raise Http404


def proof_of(person: Person, pk: int) -> Proof:
    """A proof of one of the person's own credits, or 404."""
    proof: Proof = get_object_or_404(Proof, pk=pk, entry__person=person)
    return proof
