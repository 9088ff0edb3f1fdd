"""Keeps what works mean beside their index, where `perennial[semantic]` is installed, and finds works of near meaning; without it, nothing.

Works are followed by the moment of their last change, as the index does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from perennial.apps.works.queries import Work, changed_after
from perennial.core.search import Asked, Busy, Encoder, Meanings, Numbers, model_folder

BATCH, MOST, LOOK_BACK = 32, 200, 1000
EARLIER = timedelta(minutes=1)  # on PostgreSQL a transaction that began earlier may end later
_open: dict[Path, Meanings] = {}


@dataclass(frozen=True, slots=True)
class Reached:
    """How far works were followed: moment and key of the last."""

    changed: datetime | None = None
    work: int = 0

    @classmethod
    def of(cls, noted: dict[str, object]) -> "Reached":
        """What was noted; the beginning where that is nothing or of another shape."""
        try:
            return cls(datetime.fromisoformat(str(noted["changed"])), int(str(noted["work"])))
        except (KeyError, ValueError):
            return cls()


def follow_meanings(*, at: datetime, carry_on: Callable[[], bool] = lambda: True, most: int | None = None) -> int:
    """Work out what works mean that changed since the last time, at most so many batches of 32 that take seconds; gives how many works."""
    model, done, batches = _model(), 0, 0
    if model is None:
        return 0
    kept = meanings()
    try:
        for works, place in _changed(kept, at):
            if not carry_on() or (most is not None and batches >= most):
                break
            _keep(kept, model, works, place)
            done, batches = done + len(works), batches + 1
    except Busy:
        return done
    return done


def near_to(asked: Asked) -> Sequence[tuple[int, float]]:
    """The works whose meaning is nearest to the words of a search, with how near; none where a phrase is to stay as it stands."""
    if not asked.groups or any(group.phrase for group in asked.groups):
        return ()
    model = _model()
    if model is None or not (kept := meanings()).count:
        return ()
    return kept.near(_vector(model, " ".join(group.typed for group in asked.groups)), most=MOST)


def meanings() -> Meanings:
    """What is kept of this site's works, opened once in this process."""
    folder = Path(settings.SEARCH)
    if folder not in _open or not _open[folder].folder.exists():
        _open[folder] = Meanings(folder)
    return _open[folder]


def text_of(work: Work) -> str:
    """What of a work is read for its meaning: its title, then the abstract or our own lines."""
    return f"{work.title or work.citation}\n{work.abstract or work.summary}".strip()


def _changed(kept: Meanings, at: datetime) -> Iterable[tuple[Sequence[Work], Reached]]:
    """Batches of works that changed, each with the place to note once it is kept."""
    place = Reached.of(kept.place())
    if connection.vendor == "postgresql" and place.changed is not None and at - place.changed <= 2 * EARLIER:
        late = [one for one in changed_after(place.changed - EARLIER, 0, LOOK_BACK) if one.changed_at <= place.changed]
        there = kept.known([one.pk for one in late])
        if missed := [one for one in late if (one.pk in there) == one.taken_back]:
            yield missed, place
    while works := changed_after(place.changed, place.work, BATCH):
        place = Reached(works[-1].changed_at, works[-1].pk)
        yield works, place


def _keep(kept: Meanings, model: Encoder, works: Sequence[Work], place: Reached) -> None:
    known = [one for one in works if not one.taken_back]
    gone = [one.pk for one in works if one.taken_back]
    noted: dict[str, object] = {"changed": place.changed.isoformat() if place.changed else "", "work": place.work}
    kept.keep([one.pk for one in known], model.vectors([text_of(one) for one in known]), gone=gone, place=noted)


@lru_cache(maxsize=1)
def _model() -> Encoder | None:
    folder = model_folder()
    return Encoder(folder) if folder else None


@lru_cache(maxsize=256)
def _vector(model: Encoder, text: str) -> Numbers:
    made: Numbers = model.vectors([text])[0]
    return made
