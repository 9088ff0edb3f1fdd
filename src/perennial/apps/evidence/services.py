"""What a person can do with searches and the digest: keep, rename, take out and put back; mail and the private feed."""

from datetime import datetime

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.asking import Question
from perennial.apps.evidence.feeds import new_seed, token_of
from perennial.apps.evidence.models import LONGEST_NAME, LONGEST_QUERY, Saved, Wish
from perennial.apps.practices.queries import vocabulary
from perennial.apps.works.queries import last_key
from perennial.core.values import Refusal

MOST = 50


@transaction.atomic
def save_search(*, person: Person, question: Question, name: str = "", at: datetime) -> Saved:
    """Keep a search; what it asks already kept gives that one back, also where it was taken out. Without a name, what it asks."""
    if not question.asks or len(question.query) > LONGEST_QUERY:
        raise Refusal("Ask for something first: words, a practice or a filter. Then keep the search.")
    there = Saved.objects.filter(person=person)
    found = there.filter(query=question.query).first()
    if found is None and there.filter(removed_at=None).count() >= MOST:
        raise Refusal(f"You keep {MOST} searches already. Take one out that you no longer need.")
    called = _name(name or question.words(vocabulary()))
    if found is None:
        return Saved.objects.create(person=person, name=called, query=question.query, seen=last_key(), made_at=at, looked_at=at)
    if found.removed_at is not None:
        found.name, found.seen, found.looked_at, found.removed_at = called, last_key(), at, None
        found.save(update_fields=["name", "seen", "looked_at", "removed_at"])
    return found


@transaction.atomic
def look_at_search(*, saved: Saved, at: datetime) -> int:
    """Note that its person looks at it now; gives the newest work of their last look."""
    row = Saved.objects.select_for_update().get(pk=saved.pk)
    before = row.seen
    row.seen, row.looked_at = last_key(), at
    row.save(update_fields=["seen", "looked_at"])
    return before


@transaction.atomic
def rename_search(*, saved: Saved, name: str) -> None:
    """Give it another name."""
    if not _name(name):
        raise Refusal("Write a name for the search.")
    Saved.objects.filter(pk=saved.pk).update(name=_name(name))


@transaction.atomic
def remove_search(*, saved: Saved, at: datetime) -> None:
    """Take it out; it can be put back."""
    Saved.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=at)


@transaction.atomic
def restore_search(*, saved: Saved) -> None:
    """Put back what was taken out."""
    Saved.objects.filter(pk=saved.pk).update(removed_at=None)


@transaction.atomic
def want_mail(*, person: Person, by_mail: bool) -> None:
    """Keep whether the digest comes by mail; the page and the feed have it anyway."""
    Wish.objects.update_or_create(person=person, defaults={"by_mail": by_mail})


@transaction.atomic
def open_digest_feed(*, person: Person) -> str:
    """Open a private feed address, or make it anew: the one before opens nothing from now on. Gives its secret part."""
    row, _ = Wish.objects.update_or_create(person=person, defaults={"feed_seed": new_seed()})
    return token_of(row.feed_seed or "")


@transaction.atomic
def close_digest_feed(*, person: Person) -> None:
    """Close the private feed address."""
    Wish.objects.filter(person=person).update(feed_seed=None)


def _name(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_NAME]
