"""Hands a proof's file to its owner, and to no one else."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.views.decorators.http import require_safe

from perennial.apps.credits.access import proof_of
from perennial.apps.credits.handout import handed_out
from perennial.ui import SignedIn


@login_required
@require_safe
def proof(request: SignedIn, pk: int) -> FileResponse:
    """The file of one of the person's own proofs, or 404."""
    return handed_out(proof_of(request.user, pk))
