"""What can be done with trial databases: take one in, take it out, open and close its link."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.lines import lines_for
from perennial.apps.trials.models import Dataset, PooledLine
from perennial.apps.trials.versions import version_before
from perennial.core.synthesis.choosing import choose
from perennial.core.synthesis.metapsy import TrialFile, read_trials
from perennial.core.synthesis.table import Unreadable
from perennial.core.values import Refusal, written

LARGEST_BYTES, MOST_LINES, MOST_OWN = 16 * 2**20, 20_000, 20


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a file of trials: title, whose data they are with the license, what is in it, and columns by their meaning."""

    title: str
    credit: str
    about: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    def checked(self) -> "Told":
        """The same without spaces around. Raises Refusal for what is missing, too long, or cannot be written."""
        return Told(
            written(self.title, "title", 200, required=True),
            written(self.credit, "credit", 1000, required=True),
            written(self.about, "description", 2000),
            {written(meaning, "meaning", 60): written(column, "column", 200) for meaning, column in self.columns.items()},
        )


@transaction.atomic
def take_in(*, file: "IO[bytes] | Any", told: Told, owner: Person | None, at: datetime) -> Dataset:
    """Take a file of trials in. The same file of the same owner is kept once, under what is told of it last. One of the site's that is a
    newer version of another (see versions.py) is shown in its place from now on; the older stays at its address.

    Raises Refusal where it cannot be read, holds nothing to pool, is too large, or the owner has twenty.
    """
    body = small_enough(file)
    told = told.checked()
    read = looked_at(ContentFile(body), told)
    digest = hashlib.sha256(body).hexdigest()
    found = Dataset.objects.filter(owner=owner, digest=digest).first()
    if found is not None:
        found.title, found.credit, found.about, found.columns = told.title, told.credit, told.about, dict(told.columns)
        found.save(update_fields=["title", "credit", "about", "columns"])
        _keep_lines(found)
        return found
    if owner is not None and Dataset.objects.filter(owner=owner).count() >= MOST_OWN:
        raise Refusal(f"You have {MOST_OWN} datasets. Delete one first.")
    made = Dataset(
        slug=f"{slugify(told.title)[:60] or 'trials'}-{digest[:8]}{secrets.token_hex(3) if owner else ''}",
        title=told.title,
        credit=told.credit,
        about=told.about,
        columns=dict(told.columns),
        owner=owner,
        digest=digest,
        rows=len(read.trials),
        added_at=at,
        replaces=version_before(told.title, read) if owner is None else None,
    )
    made.file.save(f"{digest}.csv", ContentFile(body), save=False)
    made.save()
    _keep_lines(made)
    return made


def small_enough(file: "IO[bytes] | Any") -> bytes:
    """What is in the file. Raises Refusal where that is more than a site keeps."""
    body: bytes = file.read(LARGEST_BYTES + 1)
    if len(body) > LARGEST_BYTES:
        raise Refusal(f"The file has over {LARGEST_BYTES // 2**20} MB. Take out columns of long text, or split it.")
    if body.count(b"\n") > MOST_LINES:
        raise Refusal(f"The file has over {MOST_LINES:,} lines; the largest trial databases have some thousand. Split it.")
    return body


def _keep_lines(dataset: Dataset) -> None:
    """Work out anew what a dataset of the site's comes to for each practice."""
    if dataset.owner_id is None:
        PooledLine.objects.filter(dataset=dataset).delete()
        PooledLine.objects.bulk_create(lines_for(dataset))


def looked_at(file: "IO[bytes] | Any", told: Told) -> TrialFile:
    """The trials of a file in which there is something to pool. Raises Refusal, saying where, what and how to mend it."""
    try:
        read = read_trials(file, told.title, told.columns)
        choose(read)
    except Unreadable as fault:
        said = str(fault.problem).replace("--map ", "").replace("=COLUMN", " = the column's name")
        raise Refusal(said.replace("Choose a time with --time, or “any”; it has", "Call one of its times post; it has")) from fault
    return read


@transaction.atomic
def take_out(*, dataset: Dataset) -> None:
    """Delete a dataset and its file, and what it told of practices. A version after it comes after the one before it."""
    newer, before = Dataset.objects.filter(replaces=dataset).first(), dataset.replaces
    dataset.delete()
    if newer is not None:
        Dataset.objects.filter(pk=newer.pk).update(replaces=before)
    transaction.on_commit(lambda: dataset.file.delete(save=False))


def open_link(*, dataset: Dataset) -> str:
    """Let whoever has the link see a dataset of one's own; gives its secret, the same again. Raises Refusal for one of the site's."""
    if dataset.owner_id is None:
        raise Refusal("This dataset is the site's: everybody can see it, at its own address.")
    if not dataset.token:
        dataset.token = secrets.token_urlsafe(24)
        dataset.save(update_fields=["token"])
    return dataset.token


def close_link(*, dataset: Dataset) -> None:
    """Let nobody else see it any more."""
    dataset.token = ""
    dataset.save(update_fields=["token"])
