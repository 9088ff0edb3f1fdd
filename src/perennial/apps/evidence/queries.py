"""Reads the evidence: what a search finds, saved searches, digests, and how people want them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.asking import Question, question_of
from perennial.apps.evidence.feeds import seed_in, token_of
from perennial.apps.evidence.indexing import entry_of, opened
from perennial.apps.evidence.meaning import near_to
from perennial.apps.evidence.models import Digest, Saved, Wish
from perennial.apps.evidence.showing import Row, rows_of
from perennial.apps.practices.queries import vocabulary
from perennial.apps.works.queries import Standing, Work, marks_of, practice_slugs_of, works_by_ids, works_with
from perennial.core.literature import Level
from perennial.core.search import Answer, Asked, Hit, reasons_for
from perennial.core.vocabulary import Vocabulary

__all__ = [
    "Digest",
    "Found",
    "Saved",
    "Wish",
    "digest_token",
    "digests_of",
    "export_of",
    "feed_token_of",
    "latest_digest",
    "look",
    "new_in",
    "person_by_digest_token",
    "person_by_feed",
    "question_saved",
    "saved_as",
    "saved_searches",
    "wishes_of",
]

PER_PAGE = 20
BY_DOI, BY_PMID = "it has this DOI", "it has this PubMed number"
ABSTRACT = "in the abstract"
LEAVE = "perennial.evidence.leave"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found. `ready`: whether there is an index to ask; `entries`: how many works it has."""

    rows: Sequence[Row] = ()
    count: int = 0
    levels: Mapping[str, int] = field(default_factory=dict)
    taken_for: Sequence[tuple[str, str]] = ()
    ready: bool = False
    entries: int = 0


def look(question: Question, *, start: int = 0, new_after: int | None = None) -> Found:
    """What the question finds, twenty works from `start`; those that entered after `new_after` are marked. Six queries at most."""
    index = opened()
    if index is None:
        return Found()
    if question.named:
        return _named(question.named, index.count)
    asked = question.asked(vocabulary())
    answer = index.search(asked, start=start, most=PER_PAGE, alike=near_to(asked))
    works = works_by_ids([hit.id for hit in answer.hits])
    reasons = _reasons(answer, asked, works)
    rows = rows_of(works, reasons, new_after=new_after)
    return Found(rows, answer.count, dict(answer.levels), answer.taken_for, ready=True, entries=index.count)


def _named(name: str, entries: int) -> Found:
    """The one work that has this DOI or PMID, whatever the filters; none where it is not known here."""
    one = works_with(dois=[name], pmids=[name]).get(name)
    if one is None:
        return Found(ready=True, entries=entries)
    return Found(rows_of([one], {one.pk: [BY_DOI if one.doi == name else BY_PMID]}), 1, {one.level: 1}, ready=True, entries=entries)


def new_in(question: Question, *, known: Vocabulary, after: int, through: int | None = None, most: int = 1) -> tuple[Sequence[Hit], int]:
    """The best of what entered after a work and answers the question, and how many there are; no query."""
    index = opened()
    if index is None:
        return (), 0
    answer = index.search(question.asked(known, after=after, through=through), most=most)
    return answer.hits, answer.count


def saved_searches(person: Person) -> list[Saved]:
    """A person's saved searches by name, without those taken out; one query."""
    return list(Saved.objects.filter(person=person, removed_at=None))


def saved_as(person: Person, question: Question) -> Saved | None:
    """The saved search that asks this, where there is one; one query."""
    return Saved.objects.filter(person=person, query=question.query, removed_at=None).first()


def question_saved(saved: Saved) -> Question:
    """What a saved search asks."""
    return question_of(saved.query, vocabulary())


def latest_digest(person: Person) -> Digest | None:
    """The newest digest of a person."""
    return Digest.objects.filter(person=person).select_related("week").first()


def digests_of(person: Person, *, most: int = 26) -> list[Digest]:
    """The digests of a person, the newest first; one query."""
    return list(Digest.objects.filter(person=person).select_related("week")[:most])


def wishes_of(people: Iterable[int]) -> dict[int, bool]:
    """Whether each of these people wants the digest by mail; one query."""
    wanted = dict.fromkeys(people, True)
    wanted.update(Wish.objects.filter(person_id__in=list(wanted)).values_list("person_id", "by_mail"))
    return wanted


def feed_token_of(person: Person) -> str:
    """The secret part of a person's feed address; empty where none is open."""
    seed = Wish.objects.filter(person=person).values_list("feed_seed", flat=True).first()
    return token_of(seed) if seed else ""


def person_by_feed(token: str) -> Person | None:
    """Whose feed an address opens, if it is open and its owner may sign in."""
    seed = seed_in(token)
    found = Wish.objects.select_related("person").filter(feed_seed=seed, person__is_active=True).first() if seed else None
    return found.person if found else None


def digest_token(person_id: int) -> str:
    """What lets the reader of a digest's mail end these mails without signing in; it never lapses."""
    return signing.Signer(salt=LEAVE).sign(str(person_id)).replace(":", "~")


def person_by_digest_token(token: str) -> Person | None:
    """Whose digest this token is about."""
    try:
        pk = signing.Signer(salt=LEAVE).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=pk).first()


def export_of(person: Person) -> dict[str, Any]:
    """Everything this area keeps of a person, as plain values."""
    return {
        "saved_searches": [
            {"name": one.name, "query": one.query, "made_at": one.made_at.isoformat(), "looked_at": one.looked_at.isoformat()}
            for one in saved_searches(person)
        ],
        "digests": [
            {"week": one.week.begins_on.isoformat(), "works": one.works, "told": one.told, "moved": one.moved}
            for one in digests_of(person, most=10_000)
        ],
        "digest": {"by_mail": wishes_of([person.pk])[person.pk], "feed_address": bool(feed_token_of(person))},
    }


def _reasons(answer: Answer, asked: Asked, works: Sequence[Work]) -> dict[int, list[str]]:
    slugs = practice_slugs_of([one.pk for one in works])
    marks = marks_of(works)
    found = {}
    for one in works:
        retracted = one.pk in marks and marks[one.pk].standing == Standing.RETRACTED
        entry = entry_of(one, slugs.get(one.pk, ()), retracted=retracted)
        said = reasons_for(entry, asked, answer.taken_for, level_words=Level(one.level).words, alike=one.pk in answer.alike)
        found[one.pk] = [_of_summary(reason.words) if not one.abstract else reason.words for reason in said]
    return found


def _of_summary(reason: str) -> str:
    """The reason for a work without abstract, in whose place the index has our own two lines."""
    return f"{reason.removesuffix(ABSTRACT)}in our two lines on it" if reason.endswith(ABSTRACT) else reason
