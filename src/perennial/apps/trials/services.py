"""What can be done with trial databases: take one in, take it out, open and close its link."""

import hashlib
import secrets
from datetime import datetime
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.lines import lines_for
from perennial.apps.trials.models import Dataset, PooledLine
from perennial.core.synthesis.choosing import choose
from perennial.core.synthesis.metapsy import TrialFile, read_trials
from perennial.core.synthesis.table import Unreadable
from perennial.core.values import Refusal, written

LARGEST_BYTES, MOST_OWN = 16 * 2**20, 20


@transaction.atomic
def take_in(*, file: "IO[bytes] | Any", title: str, credit: str, owner: Person | None, at: datetime, about: str = "") -> Dataset:
    """Take a file of trials in. The same file of the same owner is kept once, under its newest title and credit.

    Raises Refusal where it cannot be read, holds nothing to pool, is too large, or the owner has twenty.
    """
    body = file.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise Refusal(f"The file has over {LARGEST_BYTES // 2**20} MB. Take out columns of long text, or split it.")
    told = written(title, "title", 200, required=True)
    whose = written(credit, "credit", 1000, required=True)
    read = looked_at(ContentFile(body), told)
    digest = hashlib.sha256(body).hexdigest()
    found = Dataset.objects.filter(owner=owner, digest=digest).first()
    if found is not None:
        found.title, found.credit, found.about = told, whose, written(about, "description", 2000)
        found.save(update_fields=["title", "credit", "about"])
        return found
    if owner is not None and Dataset.objects.filter(owner=owner).count() >= MOST_OWN:
        raise Refusal(f"You have {MOST_OWN} datasets. Delete one first.")
    made = Dataset(
        slug=f"{slugify(told)[:60] or 'trials'}-{digest[:8]}{secrets.token_hex(3) if owner else ''}",
        title=told,
        credit=whose,
        about=written(about, "description", 2000),
        owner=owner,
        digest=digest,
        rows=len(read.trials),
        added_at=at,
    )
    made.file.save(f"{digest}.csv", ContentFile(body), save=False)
    made.save()
    if owner is None:
        PooledLine.objects.bulk_create(lines_for(made))
    return made


def looked_at(file: "IO[bytes] | Any", title: str) -> TrialFile:
    """The trials of a file in which there is something to pool. Raises Refusal, saying where, what and how to mend it."""
    try:
        read = read_trials(file, title)
        choose(read)
    except Unreadable as fault:
        raise Refusal(str(fault.problem)) from fault
    return read


@transaction.atomic
def take_out(*, dataset: Dataset) -> None:
    """Delete a person's own dataset and its file."""
    if dataset.owner_id is None:
        raise Refusal("This dataset is the site's. The person who runs the site can delete it.")
    dataset.file.delete(save=False)
    dataset.delete()


def open_link(*, dataset: Dataset) -> str:
    """Let whoever has the link see a dataset of one's own; gives its secret, the same again."""
    if not dataset.token:
        dataset.token = secrets.token_urlsafe(24)
        dataset.save(update_fields=["token"])
    return dataset.token


def close_link(*, dataset: Dataset) -> None:
    """Let nobody else see it any more."""
    dataset.token = ""
    dataset.save(update_fields=["token"])
