"""Passes on that a work was retracted, doubted or reinstated: to all who took a course that cites it, and to its provider's people.

Each is told of a notice once, on the site and by mail; how far notices were passed on is kept in the same transaction. Whoever began a
course after the notice was read here saw the mark in the course, and is not told.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.urls import reverse

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.readership import Version, citing, takers_of
from perennial.apps.evidence.models import Passed, Reached
from perennial.apps.evidence.wording import HEADS, happened
from perennial.apps.notices.queries import Choice, choices_of, unsubscribe_token
from perennial.apps.notices.services import Draft, post_all
from perennial.apps.providers.queries import members_of, provider_by_slug
from perennial.apps.works.queries import Work, WorkNotice, notices_beyond, works_with
from perennial.core.values.words import listed

BATCH = 500
NAME, KIND = "notices", "retraction"
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
ANEW = timedelta(days=365)  # two sources tell of the same; what they tell within a year is one thing
PASSED_ON = ("retraction", "concern", "reinstatement")


@dataclass(frozen=True, slots=True)
class Word:
    """What is told to one person of one notice: the courses they took, or those of their provider."""

    notice: WorkNotice
    work: Work | None
    doi: str
    courses: Sequence[str]
    provides: bool

    @property
    def title(self) -> str:
        """In one line."""
        whose = "your course" if self.provides else "a course that you took"
        return f"{HEADS[self.notice.nature]}: a work cited in {whose}"

    @property
    def name(self) -> str:
        """What the work is called, as far as it is known."""
        return (self.work.title or self.work.citation if self.work else "") or self.doi

    @property
    def says(self) -> str:
        """What happened to the work."""
        return happened(self.notice, self.name)

    @property
    def cited(self) -> str:
        """Where it is cited, and what follows."""
        where = listed([f"“{title}”" for title in self.courses])
        if self.provides:
            return f"It is cited in {where}. Readers see a mark there. Look whether the text still holds, and publish a new version."
        return f"It is cited in {where}. Your hours and certificates stay as they are."

    @property
    def page(self) -> str:
        """The page of the work."""
        return reverse("works:record", args=[self.work.pk]) if self.work else reverse("works:work", args=[self.doi])


@dataclass(frozen=True, slots=True)
class WordMail:
    """What the templates of the mail read, as `mail`."""

    word: Word
    owner: str
    address: str
    choose: str


def pass_on(*, at: datetime, carry_on: Callable[[], bool] = lambda: True) -> int:
    """Pass on what was not yet; gives how many people were told of something. Safe to repeat and to break off at any moment."""
    place = Reached.objects.filter(name=NAME).first() or Reached(name=NAME, moment=FIRST, key=0)
    moment, after, told = place.moment, 0, 0
    while carry_on() and (notices := notices_beyond(place.moment, place.key, after=after, limit=BATCH)):
        moment, after = max(moment, *(one.known_at for one in notices)), notices[-1].pk
        anew = after >= place.key or len(notices) < BATCH  # all that became known anew was passed on: their keys come first
        told += _pass_some(notices, at, {"moment": moment if anew else place.moment, "key": max(place.key, after)})
    return told


@transaction.atomic
def _pass_some(notices: Sequence[WorkNotice], at: datetime, reached: dict[str, datetime | int]) -> int:
    found = list(_words(notices))
    words = {(word.notice.pk, person): word for person, word in found}
    heard = _heard(words)
    due = {key: word for key, word in words.items() if not _known(word, heard.get(key[1], ()))}
    people = Person.objects.filter(pk__in={person for _, person in due}, is_active=True).in_bulk()
    choices = choices_of(people)
    due = {key: word for key, word in due.items() if key[1] in people}
    drafts = [_draft(word, people[person], choices[person]) for (_, person), word in due.items()]
    Passed.objects.bulk_create([Passed(notice_id=notice, person_id=person, at=at) for notice, person in due], ignore_conflicts=True)
    post_all(drafts=drafts, at=at)
    Reached.objects.update_or_create(name=NAME, defaults=reached)
    return len(drafts)


def _words(notices: Sequence[WorkNotice]) -> list[tuple[int, Word]]:
    """Who is to be told what: people with what each notice means to them. What two notices of one batch tell alike is told once."""
    works = works_with(dois={one.doi for one in notices}, pmids={one.pmid for one in notices})
    doi = {one.pk: one.doi or (works[one.pmid].doi if one.pmid in works else "") for one in notices}
    meant = {(doi[one.pk], one.nature): one for one in reversed(notices) if one.nature in PASSED_ON and doi[one.pk]}
    versions = citing({name for name, _ in meant})
    takers = takers_of(one.pk for one in versions)
    staff = {slug: _people_of(slug) for slug in {one.provider for one in versions}}
    found: list[tuple[int, Word]] = []
    for (name, _), notice in meant.items():
        citers = {one.pk: one for one in versions if name in one.dois}
        theirs: dict[int, list[Version]] = {}
        for taker in takers:
            if taker.version in citers and taker.since < notice.known_at:
                theirs.setdefault(taker.person, []).append(citers[taker.version])
        own: dict[int, list[Version]] = {}
        for version in citers.values():
            for person in staff[version.provider] if version.is_current else ():
                own.setdefault(person, []).append(version)
        for provides, by_person in ((False, {who: v for who, v in theirs.items() if who not in own}), (True, own)):
            found += [(who, Word(notice, works.get(name), name, _titles(v), provides)) for who, v in by_person.items()]
    return found


def _people_of(slug: str) -> list[int]:
    provider = provider_by_slug(slug)
    return [one.person_id for one in members_of(provider)] if provider else []


def _titles(versions: Sequence[Version]) -> list[str]:
    return list(dict.fromkeys({one.slug: one.title for one in versions}.values()))


def _heard(words: dict[tuple[int, int], Word]) -> dict[int, list[WorkNotice]]:
    """What these people were told before, by person; one query."""
    rows = Passed.objects.filter(person_id__in={person for _, person in words}).select_related("notice")
    heard: dict[int, list[WorkNotice]] = {}
    for row in rows:
        heard.setdefault(row.person_id, []).append(row.notice)
    return heard


def _known(word: Word, heard: Sequence[WorkNotice]) -> bool:
    """Whether a person was told of this, by this source or by another."""
    same = [one for one in heard if one.nature == word.notice.nature and one.doi in ("", word.doi)]
    return any(one.pk == word.notice.pk or (one.doi and abs(one.known_at - word.notice.known_at) < ANEW) for one in same)


def _draft(word: Word, person: Person, choice: Choice) -> Draft:
    digest = hashlib.sha256(word.notice.key.encode()).hexdigest()[:32]
    key, text = f"retraction-{digest}-{person.pk}", f"{word.says} {word.cited}"
    if not choice.by_mail:
        return Draft(person.pk, KIND, key, word.title, text, word.page)
    choose = settings.SITE_ADDRESS + reverse("notices:unsubscribe", args=[unsubscribe_token(person.pk)])
    mail = WordMail(word, str(person), settings.SITE_ADDRESS + word.page, choose)
    plain, html = (get_template(f"evidence/emails/retraction.{kind}").render({"mail": mail}) for kind in ("txt", "html"))
    return Draft(person.pk, KIND, key, word.title, text, word.page, person.email, word.title, plain, html)
