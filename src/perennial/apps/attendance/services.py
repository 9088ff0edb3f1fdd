"""What can be done about attendance: keep a gathering's times, mark who came and went, strike a false mark."""

from datetime import datetime

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.attendance.models import Gathering, Mark, Strike
from perennial.apps.attendance.queries import doors_open, is_in
from perennial.core.values import Refusal, written


@transaction.atomic
def keep_gathering(*, key: str, starts_at: datetime, ends_at: datetime) -> Gathering:
    """Keep when a gathering is. Once somebody has a mark there its times stand."""
    gathering = Gathering.objects.select_for_update().filter(key=key).first()
    if gathering is None:
        return Gathering.objects.create(key=key, starts_at=starts_at, ends_at=ends_at)
    if (gathering.starts_at, gathering.ends_at) == (starts_at, ends_at):
        return gathering
    if Mark.objects.filter(gathering=gathering).exists():
        raise Refusal("Somebody has signed in already, so the times stand. Call it off and hold another.")
    gathering.starts_at, gathering.ends_at = starts_at, ends_at
    gathering.save(update_fields=["starts_at", "ends_at"])
    return gathering


@transaction.atomic
def sign(*, gathering: Gathering, person: Person, arrives: bool, at: datetime) -> Mark | None:
    """A person's own word that they come or go now. Saying the same twice keeps the first; gives the new mark, if any.

    Refused half an hour or more before and after the gathering: nobody is there then.
    """
    if not doors_open(gathering, at):
        raise Refusal(
            "You can sign in and out from 30 minutes before the beginning until 30 minutes after the end. Ask the host otherwise."
        )
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    if is_in(Mark.objects.filter(gathering=gathering, person=person).select_related("strike")) == arrives:
        return None
    kind = Mark.Kind.IN if arrives else Mark.Kind.OUT
    return Mark.objects.create(gathering=gathering, person=person, at=at, kind=kind, kept_by=person, kept_at=at)


@transaction.atomic
def mark_for(*, gathering: Gathering, person: Person, arrives: bool, when: datetime, by: Person, at: datetime) -> Mark:
    """A host's word that somebody came or went at `when`; the same word twice counts once."""
    if not doors_open(gathering, when):
        raise Refusal("That is not a time at which this was held. Write a time between its beginning and its end.")
    if when > at:
        raise Refusal("That time is still to come. Enter it once it has been.")
    kind = Mark.Kind.IN if arrives else Mark.Kind.OUT
    found = Mark.objects.filter(gathering=gathering, person=person, at=when, kind=kind).first()
    return found or Mark.objects.create(gathering=gathering, person=person, at=when, kind=kind, kept_by=by, kept_at=at)


@transaction.atomic
def strike(*, mark: Mark, reason: str, by: Person, at: datetime) -> Strike:
    """Say that a mark does not hold; safe to repeat. The mark and the reason stay visible."""
    text = written(reason, "reason", 300, required=True)
    found, _ = Strike.objects.get_or_create(mark=mark, defaults={"reason": text, "by": by, "at": at})
    return found
