"""What other programs see of the area `credits`: the record, read and added to by the same services as the pages."""

from django.http import FileResponse
from django.utils import timezone
from ninja import File, Router, Status
from ninja.files import UploadedFile

from perennial.apps.credits.access import credit_of, proof_of
from perennial.apps.credits.endpoints.shapes import CreditIn, CreditOut, ProofOut, Reason, facts_of, out_of
from perennial.apps.credits.handout import handed_out
from perennial.apps.credits.queries import history_of, proof_view
from perennial.apps.credits.services import add_proof, correct_entry, enter_credit, restore_entry, withdraw_entry
from perennial.ui import SignedIn

router = Router()


@router.get("", response=list[CreditOut], summary="My record")
def record(request: SignedIn, year: int | None = None, topic: str = "", withdrawn: bool = False) -> list[CreditOut]:  # noqa: FBT001, FBT002  by name in the address
    """Credits that count, the latest completed first; with `withdrawn` also those out of the count."""
    return [
        out_of(history)
        for history in history_of(request.user)
        if (withdrawn or not history.withdrawn)
        and (year is None or history.current.completed_on.year == year)
        and (not topic or topic in history.current.topics)
    ]


@router.post("", response={201: CreditOut}, summary="Enter a credit earned elsewhere")
def enter(request: SignedIn, credit: CreditIn) -> Status[CreditOut]:
    """Enter a credit; sent again with the same `key` it is entered once."""
    entry = enter_credit(person=request.user, at=timezone.now(), key=f"api:{credit.key}", **facts_of(credit))
    return Status(201, out_of(credit_of(request.user, entry.pk)))


@router.get("/{int:pk}", response=CreditOut, summary="One credit")
def one(request: SignedIn, pk: int) -> CreditOut:
    """A credit by the number of any of its entries."""
    return out_of(credit_of(request.user, pk))


@router.put("/{int:pk}", response=CreditOut, summary="Correct a credit")
def correct(request: SignedIn, pk: int, credit: CreditIn) -> CreditOut:
    """Put corrected facts in the place of those of entry `pk`, which must be the latest; the old ones stay in the history."""
    history = credit_of(request.user, pk)
    basis = next(entry for entry in history.entries if entry.pk == pk)
    entry = correct_entry(entry=basis, at=timezone.now(), **facts_of(credit))
    return out_of(credit_of(request.user, entry.pk))


@router.post("/{int:pk}/withdraw", response=CreditOut, summary="Take a credit out of the count")
def withdraw(request: SignedIn, pk: int, why: Reason) -> CreditOut:
    """Withdraw a credit and say why."""
    entry = withdraw_entry(entry=credit_of(request.user, pk).latest, reason=why.reason, at=timezone.now())
    return out_of(credit_of(request.user, entry.pk))


@router.post("/{int:pk}/restore", response=CreditOut, summary="Bring a withdrawn credit back")
def restore(request: SignedIn, pk: int) -> CreditOut:
    """Reverse a withdrawal."""
    entry = restore_entry(entry=credit_of(request.user, pk).latest, at=timezone.now())
    return out_of(credit_of(request.user, entry.pk))


@router.post("/{int:pk}/proofs", response={201: ProofOut}, summary="Add a file that shows a credit")
def proof_in(request: SignedIn, pk: int, file: File[UploadedFile]) -> Status[object]:
    """Keep a PDF, PNG, JPEG or HEIC of up to 20 MB with a credit."""
    proof = add_proof(entry=credit_of(request.user, pk).latest, upload=file, at=timezone.now())
    return Status(201, proof_view(proof))


@router.get("/proofs/{int:pk}", summary="The file of a proof")
def proof_out(request: SignedIn, pk: int) -> FileResponse:
    """The bytes of one's own proof."""
    return handed_out(proof_of(request.user, pk))
