"""What can be done with the map: load it, follow a practice, stop following it."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.practices.models import Follow, Practice
from perennial.core.values import Problem
from perennial.core.vocabulary import Entry, read

CHANGED = (
    *("name", "kind", "synonyms", "abbreviations", "mesh", "definition", "references", "broader", "related"),
    *("checked", "digest", "is_listed"),
)


@transaction.atomic
def load_practices(*, folder: Path) -> tuple[int, list[Problem]]:
    """List the practices in the TOML files of a folder and no others; safe to repeat. Gives how many there are, and what is wrong.

    What left the files is no longer listed; whoever followed it follows it again once it is back.
    """
    entries, problems = read(folder)
    rows = [_row(entry) for entry in entries]
    Practice.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=CHANGED)
    Practice.objects.exclude(slug__in=[row.slug for row in rows]).update(is_listed=False)
    return len(rows), problems


def _row(entry: Entry) -> Practice:
    facts = asdict(entry.term) | {"definition": entry.definition, "references": [asdict(one) for one in entry.references]}
    text = json.dumps(facts | {"checked": entry.checked.isoformat()}, ensure_ascii=False, sort_keys=True)
    return Practice(**facts, checked=entry.checked, digest=hashlib.sha256(text.encode()).hexdigest())


@transaction.atomic
def follow(*, person: Person, practice: Practice, at: datetime) -> bool:
    """Follow a practice; done twice, it is done once. Gives whether it is new."""
    _, new = Follow.objects.get_or_create(person=person, practice=practice, defaults={"at": at})
    return new


@transaction.atomic
def unfollow(*, person: Person, practice: Practice) -> bool:
    """Stop following a practice. Gives whether it was followed."""
    gone, _ = Follow.objects.filter(person=person, practice=practice).delete()
    return bool(gone)
