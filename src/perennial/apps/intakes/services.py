"""What is done with a file of questions: it is kept, read, and taken or left."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.intakes.models import Intake
from perennial.apps.providers.queries import Provider
from perennial.core.questions import Taken, read_questions
from perennial.core.questions.limits import LARGEST_FILE_BYTES, megabytes
from perennial.core.values import Refusal

LARGEST_UPLOAD = 100_000_000
AT_ONCE = 400_000
"""Bytes that are read while the person waits: some hundred questions, under a second."""
MOST_OPEN = 20
State = Intake.State


def keep_file(  # noqa: PLR0913  a file is named by where it goes, who brought it, and how it is to be read
    *, provider: Provider, draft: str, person: Person, name: str, data: bytes, format: str, short_as_reflection: bool, at: datetime
) -> Intake:
    """Keep a file to be read. Refused where it is empty or too large, or too many wait already."""
    largest = LARGEST_UPLOAD if data[:2] == b"PK" else LARGEST_FILE_BYTES
    if not data.strip():
        raise Refusal("The file is empty. Choose the one with the questions, or paste them.")
    if len(data) > largest:
        raise Refusal(f"The file has {megabytes(len(data))}; at most {megabytes(largest)} are read. Split it and send the parts.")
    if Intake.objects.filter(provider=provider, state__in=[State.WAITING, State.READ, State.TAKING]).count() >= MOST_OPEN:
        raise Refusal(f"{MOST_OPEN} files wait here already. Take or leave some of them first.")
    named = PurePosixPath(name.replace("\\", "/")).name[:200] or "questions.txt"
    intake = Intake(provider=provider, draft=draft, name=named, size=len(data), format=format, by=person, at=at)
    intake.short_as_reflection = short_as_reflection
    intake.file.save("questions.bin", ContentFile(data), save=False)
    intake.save()
    return intake


def read_intake(*, intake: Intake) -> None:
    """Read the file and keep its report; safe to repeat."""
    if intake.state != State.WAITING:
        return
    taken = result_of(intake)
    report = taken.report
    intake.format = taken.format
    intake.title = taken.title[:90]
    intake.report = [[line.where, line.what, line.mend, line.state, line.title, line.item] for line in report.lines]
    intake.counts = {state: report.count(state) for state in ("taken", "changed", "refused")}
    intake.counts |= {"pages": len(taken.pages), "links": len(taken.links), "items": len(taken.items)}
    intake.state, intake.questions_read = State.READ, len(taken.items)
    intake.save(update_fields=["format", "title", "report", "counts", "state", "questions_read"])


def result_of(intake: Intake) -> Taken:
    """What the file holds, read anew; how far the reading is goes into the row. Refused where the file is gone."""
    if not intake.file:
        raise Refusal("This file was taken or left already. Choose it again to take more of it.")
    with intake.file.open("rb") as opened:
        data = opened.read()

    def note(count: int) -> None:
        Intake.objects.filter(pk=intake.pk).update(questions_read=count)

    return read_questions(data, intake.name, intake.format, short_as_reflection=intake.short_as_reflection, progress=note)


@transaction.atomic
def mark_taking(*, intake: Intake) -> None:
    """Note that the worker is to take it. Refused for one that is not read, or is being taken already."""
    if not Intake.objects.filter(pk=intake.pk, state=State.READ).update(state=State.TAKING, fault=""):
        raise Refusal("This file is being taken already. Reload the page to see how far it is.")


@transaction.atomic
def mark_not_taken(*, intake: Intake, why: str) -> None:
    """Note that it could not be taken after all; it can be tried again."""
    Intake.objects.filter(pk=intake.pk, state=State.TAKING).update(state=State.READ, fault=why[:300])


@transaction.atomic
def mark_taken(*, intake: Intake, draft: str, made: Sequence[str], at: datetime) -> None:
    """Note which parts of which draft were made; the file goes. Refused for one that is not read, or taken already."""
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.state not in {State.READ, State.TAKING}:
        raise Refusal("This file was taken already. Reload the page to see what became of it.")
    locked.state, locked.draft, locked.made, locked.taken_at, locked.fault = State.TAKEN, draft, list(made), at, ""
    locked.save(update_fields=["state", "draft", "made", "taken_at", "fault"])
    _let_file_go(locked)


@transaction.atomic
def mark_undone(*, intake: Intake) -> None:
    """Note that what was made is taken back. Refused for one that is not taken."""
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.state != State.TAKEN:
        raise Refusal("This was taken back already. Choose the file again to take it once more.")
    locked.state = State.UNDONE
    locked.save(update_fields=["state"])


@transaction.atomic
def leave_intake(*, intake: Intake) -> None:
    """Let a file go of which nothing was taken, with its report. Refused once it is taken."""
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.state not in {State.WAITING, State.READ}:
        raise Refusal("This file was taken already. Take it back instead.")
    file = locked.file
    locked.delete()
    transaction.on_commit(lambda: file.delete(save=False))


def _let_file_go(intake: Intake) -> None:
    """Delete the file once all of this holds."""
    storage, name = intake.file.storage, intake.file.name
    Intake.objects.filter(pk=intake.pk).update(file="")
    if name:
        transaction.on_commit(lambda: storage.delete(name))
