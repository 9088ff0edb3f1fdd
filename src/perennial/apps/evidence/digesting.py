"""Makes the weekly digest of each person: what is new in what they follow, search and took, and what was told of works their courses cite.

How, with an example, stands in docs/decisions/0044-digest.md. Everything in it is from records; whoever has nothing new hears nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.readership import takers_of
from perennial.apps.evidence.asking import question_of
from perennial.apps.evidence.models import Digest, Saved, Week
from perennial.apps.evidence.moves import Moves, Row, moves_of, who_cares
from perennial.apps.evidence.queries import new_in, wishes_of
from perennial.apps.evidence.telling import draft_of
from perennial.apps.evidence.weeks import News, news_of, rank_of, week_of
from perennial.apps.evidence.wording import happened
from perennial.apps.notices.queries import choices_of
from perennial.apps.notices.services import post_all
from perennial.apps.practices.queries import followers_of, vocabulary
from perennial.apps.works.queries import Work, works_by_ids, works_with
from perennial.core.vocabulary import Vocabulary

MOST = 12  # works in a digest; the rest is counted
BATCH = 200


@dataclass(slots=True)
class Fit:
    """What a week has for a person: why each of the best works is theirs, all that fits, which courses cite what was told of, which pooled
    estimates moved, and for which of these practices they care."""

    why: dict[int, list[str]] = field(default_factory=dict)
    sets: list[frozenset[int]] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    moved: list[Row] = field(default_factory=list)
    cares: set[str] = field(default_factory=set)

    def add(self, best: Sequence[int], whole: frozenset[int], why: str) -> None:
        """These works are theirs for a reason."""
        self.sets.append(whole)
        for pk in best:
            self.why.setdefault(pk, []).append(why)


def digest_all(*, day: date, at: datetime, carry_on: Callable[[], bool] = lambda: True) -> int:
    """Make the digests of the day's week that are not made yet; gives how many. Safe to repeat and to break off at any moment.

    Each batch of people is a transaction of its own with the same number of queries; `carry_on` is asked before each.
    """
    week, words = week_of(day, at), vocabulary()
    if week.done_at is not None:
        return 0
    news = news_of(week, words)
    fits = fits_of(news, words)
    moves = moves_of(news, {pk for fit in fits.values() for pk in fit.why})
    _by_moves(fits, moves, news, words)
    readers, given = sorted(fits), 0
    for start in range(0, len(readers), BATCH):
        if not carry_on():
            return given
        given += give({pk: fits[pk] for pk in readers[start : start + BATCH]}, news, moves, at)
    Week.objects.filter(pk=week.pk).update(done_at=at)
    return given


def fits_of(news: News, words: Vocabulary) -> dict[int, Fit]:
    """What the week has for whom, by the person's key."""
    fits: dict[int, Fit] = {}
    _by_practices(fits, news, words)
    _by_searches(fits, news, words)
    cited = {one.pk: one for one in news.versions if one.dois & news.notices.keys()}
    for taker in takers_of(cited):
        version = cited[taker.version]
        for doi in sorted(version.dois & news.notices.keys()):
            courses = fits.setdefault(taker.person, Fit()).told.setdefault(doi, [])
            courses += [] if version.title in courses else [version.title]
    return fits


@transaction.atomic
def give(fits: Mapping[int, Fit], news: News, moves: Moves, at: datetime) -> int:
    """Keep the digests of these people and tell them; gives how many. Who has this week's already gets no other."""
    have = set(Digest.objects.filter(week=news.week, person_id__in=list(fits)).values_list("person_id", flat=True))
    people = Person.objects.filter(pk__in=set(fits) - have, is_active=True).in_bulk()
    works = {one.pk: one for one in works_by_ids(sorted({pk for who in people for pk in fits[who].why})) if not one.taken_back}
    cited = works_with(dois={doi for who in people for doi in fits[who].told}, pmids=())
    made = [digest for who in people if (digest := digest_of(who, fits[who], news, (works, cited, moves), at))]
    choices, wishes = choices_of(people), wishes_of(people)
    drafts = [draft_of(one, people[one.person_id], works, by_mail=choices[one.person_id].by_mail and wishes[one.person_id]) for one in made]
    Digest.objects.bulk_create(made, ignore_conflicts=True)
    post_all(drafts=drafts, at=at)
    return len(made)


def digest_of(
    person: int, fit: Fit, news: News, known: tuple[Mapping[int, Work], Mapping[str, Work], Moves], at: datetime
) -> Digest | None:
    """A person's digest; None where the week has nothing for them. `known`: works by key, cited ones by DOI, and what moved estimates."""
    works, cited, moves = known
    best = sorted((pk for pk in fit.why if pk in works), key=lambda pk: rank_of(pk, works[pk].level, works[pk].year))[:MOST]
    told = [_told(doi, news, courses, cited.get(doi)) for doi, courses in fit.told.items()]
    if not best and not told and not fit.moved:
        return None
    return Digest(
        person_id=person,
        week=news.week,
        works=[{"work": pk, "because": fit.why[pk]} for pk in best],
        told=[one for each in told for one in each],
        moved=[*fit.moved, *(row for pk in best for row in moves.of_work(pk, fit.cares))],
        found=len(frozenset().union(*fit.sets)),
        made_at=at,
    )


def _told(doi: str, news: News, courses: Sequence[str], work: Work | None) -> list[dict[str, Any]]:
    name = (work.title or work.citation if work else "") or doi
    seen = {one.nature: one for one in news.notices[doi]}  # of each nature the last
    return [
        {"doi": doi, "work": work.pk if work else None, "nature": nature, "says": happened(one, name), "courses": list(courses)}
        for nature, one in seen.items()
    ]


def _by_practices(fits: dict[int, Fit], news: News, words: Vocabulary) -> None:
    """What is about practices that people follow, and about those that their courses teach."""
    about = {slug: frozenset(found) for slug in words.terms if (found := news.about(slug, words))}
    best = {slug: sorted(found, key=lambda pk: news.ranks[pk])[:MOST] for slug, found in about.items()}
    for person, slugs in followers_of(about).items():
        for slug in sorted(slugs):
            fits.setdefault(person, Fit()).add(best[slug], about[slug], f"You follow {words.terms[slug].name}")
    teaching = {one.pk: one for one in news.versions if set(one.practices) & about.keys()}
    for taker in takers_of(teaching):
        version = teaching[taker.version]
        for slug in version.practices:
            if slug in about:
                fits.setdefault(taker.person, Fit()).add(best[slug], about[slug], f"You took “{version.title}”, which teaches it")


def _by_moves(fits: dict[int, Fit], moves: Moves, news: News, words: Vocabulary) -> None:
    """The estimates that notices and databases moved, of practices that people follow or that their courses teach."""
    for person, slugs in who_cares(moves.practices, news, words).items():
        moved = [row for slug, row in moves.others if slug in slugs]
        if moved or person in fits:
            fit = fits.setdefault(person, Fit())
            fit.moved, fit.cares = moved, slugs


def _by_searches(fits: dict[int, Fit], news: News, words: Vocabulary) -> None:
    """What saved searches find among what is new."""
    for saved in Saved.objects.filter(removed_at=None, person__is_active=True).order_by("pk").iterator():
        question = question_of(saved.query, words)
        question = replace(question, from_year=max(question.from_year or 0, news.from_year))
        hits, _ = new_in(question, known=words, after=news.week.after, through=news.week.through, most=MOST)
        if hits:
            keys = [hit.id for hit in hits]
            fits.setdefault(saved.person_id, Fit()).add(keys, frozenset(keys), f"Saved search “{saved.name}”")
