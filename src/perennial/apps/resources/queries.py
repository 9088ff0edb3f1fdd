"""Reads outside material, with the newest look at each address."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.resources.models import Cost, DeadReport, Look, Resource

__all__ = ["Cost", "Filters", "Listed", "Look", "Resource", "due_for_a_look", "export_of", "looks_at", "resources_for", "topic_words"]

WEEK, RECENT = timedelta(days=7), timedelta(days=40)
BACKOFF = (timedelta(days=1), timedelta(days=2), timedelta(days=4))  # after the first, second and third look that failed in a row
FAILED = (Look.Found.FAILS, Look.Found.SILENT)
WORDS = {
    "substance-use": "Substance use",
    "integrated-care": "Integrated care",
    "law": "Law and reporting",
    "global": "Global mental health",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; empty means anything."""

    search: str = ""
    topic: str = ""
    kind: str = ""
    really_free: bool = False

    def fit(self, one: Resource) -> bool:
        """Whether a resource fits."""
        text = f"{one.title} {one.publisher} {one.says}".casefold()
        return (
            all(word in text for word in self.search.casefold().split())
            and (not self.topic or self.topic in one.topics)
            and (not self.kind or self.kind == one.kind)
            and (not self.really_free or one.really_free)
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """The resources that fit, with how many there are of each topic and kind, and how many are really free, among all."""

    fitting: Sequence[Resource]
    topics: Counter[str]
    kinds: Counter[str]
    really_free: int


def topic_words(topic: str) -> str:
    """The name of a topic for people."""
    return WORDS.get(topic, topic.replace("-", " ").capitalize())


def resources_for(filters: Filters) -> Listed:
    """What fits, by title; one query, whatever is asked."""
    rows = list(Resource.objects.filter(is_listed=True))
    return Listed(
        [one for one in rows if filters.fit(one)],
        Counter(topic for one in rows for topic in one.topics),
        Counter(one.kind for one in rows),
        sum(one.really_free for one in rows),
    )


def looks_at(resource: Resource) -> tuple[list[Look], int]:
    """The newest looks at its address as it stands, and how many people reported it; two queries."""
    looks = list(Look.objects.filter(resource=resource, address=resource.address).order_by("-pk")[:5])
    return looks, DeadReport.objects.filter(resource=resource, address=resource.address).count()


def due_for_a_look(at: datetime) -> list[int]:
    """The keys of those to look at now: weekly, and sooner after a failure; two queries."""
    rows = dict(Resource.objects.filter(is_listed=True).values_list("pk", "address"))
    last, failures, ended = dict[int, datetime](), Counter[int](), set[int]()
    recent = Look.objects.filter(at__gt=at - RECENT).order_by("-pk")
    for pk, address, found, looked_at in recent.values_list("resource", "address", "found", "at"):
        if rows.get(pk) != address or pk in ended:
            continue
        last.setdefault(pk, looked_at)
        if found in FAILED:
            failures[pk] += 1
        else:
            ended.add(pk)
    return [pk for pk in rows if pk not in last or at >= last[pk] + _rest(failures[pk])]


def _rest(failures: int) -> timedelta:
    return BACKOFF[failures - 1] if 0 < failures <= len(BACKOFF) else WEEK


def export_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The dead addresses that a person reported."""
    rows = DeadReport.objects.filter(person=person).order_by("pk")
    return {"dead_addresses_reported": [{"address": row.address, "at": row.at.isoformat()} for row in rows]}
