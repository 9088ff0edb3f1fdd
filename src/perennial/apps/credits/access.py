"""Who may see or change which credit: the thing itself, or 404."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import Dropped, Proof, Proposal, ProposalState
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


def proposal_of(person: Person, pk: int) -> Proposal:
    """A proposal in the person's own shoebox with its file, or 404."""
    return get_object_or_404(Proposal.objects.select_related("dropped"), pk=pk, person=person)


def proposals_of(person: Person, pks: Sequence[int]) -> list[Proposal]:
    """Those of these proposals that lie in the person's own shoebox to be looked at, with their files."""
    return list(Proposal.objects.select_related("dropped").filter(pk__in=pks, person=person, state=ProposalState.OPEN))


def dropped_file_of(person: Person, pk: int) -> Dropped:
    """The file that a proposal in the person's own shoebox was read from, or 404."""
    dropped = proposal_of(person, pk).dropped
    if not dropped.file:
        raise Http404
    return dropped
