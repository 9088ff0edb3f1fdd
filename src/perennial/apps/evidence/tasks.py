"""What the background worker does for this area: follows works and notices all the time, and makes the digests once a week."""

from collections.abc import Callable

from django.utils import timezone

from perennial.apps.evidence.digesting import digest_all
from perennial.apps.evidence.indexing import follow
from perennial.apps.evidence.meaning import follow_meanings
from perennial.apps.evidence.passing import pass_on

MEANINGS_AT_ONCE = 2  # batches in a round, some seconds, so that mail and all else need not wait


def follow_works(carry_on: Callable[[], bool] = lambda: True) -> int:
    """Pass on what was told of works that courses cite, and take into the index what changed; gives how many works were taken in."""
    pass_on(at=timezone.now(), carry_on=carry_on)
    taken = follow(at=timezone.now(), carry_on=carry_on)
    follow_meanings(at=timezone.now(), carry_on=carry_on, most=MEANINGS_AT_ONCE)
    return taken


def make_digests(carry_on: Callable[[], bool] = lambda: True) -> int:
    """Make the digests of this week that are not made yet; gives how many. The index is brought up to date first: searches look in it."""
    follow(at=timezone.now(), carry_on=carry_on)
    return digest_all(day=timezone.localdate(), at=timezone.now(), carry_on=carry_on)
