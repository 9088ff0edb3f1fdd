"""What can be done with outside material: load it, report a dead address, keep a look."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.resources.looking import Seen
from perennial.apps.resources.models import DeadReport, Look, Resource
from perennial.core.values import Problem

FIELDS = (
    *("slug", "title", "publisher", "address", "kind", "topics", "says", "license", "hours", "course", "certificate", "cost", "cost_read"),
    *("interests", "last_checked", "how"),
)
MAY_BE_EMPTY = {"license", "hours"}


def read_resources(folder: Path) -> tuple[list[Resource], list[Problem]]:
    """The resources in the TOML files of a folder, and what is wrong with the others, by file and short name."""
    found: dict[str, Resource] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            rows = tomllib.loads(file.read_text(encoding="utf-8")).get("resource", [])
        except (OSError, ValueError) as fault:
            problems.append(Problem(file.name, f"cannot be read ({fault})", "Write it as TOML in UTF-8."))
            continue
        for place, row in enumerate(rows if isinstance(rows, list) else [], 1):
            where = f"{file.name}: {row.get('slug', place) if isinstance(row, Mapping) else place}"
            one = _resource(row, where, problems)
            if one and one.slug in found:
                problems.append(Problem(where, "is there twice", "Give each resource a short name of its own."))
            elif one:
                found[one.slug] = one
    return list(found.values()), problems


def _resource(row: Any, where: str, problems: list[Problem]) -> Resource | None:
    if not isinstance(row, Mapping) or set(row) != set(FIELDS):
        wrong = sorted(set(FIELDS) ^ set(row)) if isinstance(row, Mapping) else FIELDS
        problems.append(Problem(where, f"has not these fields and no others: {', '.join(wrong)}", f"The fields are {', '.join(FIELDS)}."))
        return None
    one = Resource(**row)
    try:
        one.clean_fields()
    except ValidationError as fault:
        problems.append(Problem(where, "; ".join(f"{name}: {' '.join(texts)}" for name, texts in fault.message_dict.items()), "Mend it."))
        return None
    empty = [name for name in FIELDS if not row[name] and name not in MAY_BE_EMPTY]
    days = [name for name in ("cost_read", "last_checked") if type(row[name]) is not date]
    if empty or days or urlsplit(one.address).scheme not in ("http", "https"):
        problems.append(Problem(where, "has an empty field, a day that is none, or an address that is not of the web", "Mend it."))
        return None
    return one


@transaction.atomic
def keep_resources(*, resources: Iterable[Resource]) -> int:
    """List these resources and no others; those that left the library are no longer listed. Safe to repeat."""
    rows = list(resources)
    Resource.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=[*FIELDS[1:], "is_listed"])
    Resource.objects.exclude(slug__in=[one.slug for one in rows]).update(is_listed=False)
    return len(rows)


@transaction.atomic
def report_dead(*, resource: Resource, person: Person, at: datetime) -> bool:
    """Keep a person's word that the address is dead; said twice, it counts once. Gives whether it was new."""
    _, new = DeadReport.objects.get_or_create(resource=resource, address=resource.address, person=person, defaults={"at": at})
    return new


@transaction.atomic
def keep_look(*, resource: Resource, seen: Seen, at: datetime) -> Look:
    """Keep what a look at the address found."""
    return Look.objects.create(
        resource=resource, address=resource.address, found=seen.found, status=seen.status, says=seen.says[:600], at=at
    )
