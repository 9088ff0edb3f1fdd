"""What a week's works and notices, and databases of trials brought in it, did to pooled estimates; and whose digests that is for.

All of it is reckoned when digests are made, and kept in them as words with addresses. Where the site has no database, nothing is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from perennial.apps.courses.readership import takers_of
from perennial.apps.evidence.weeks import News
from perennial.apps.evidence.wording import HEADS, happened
from perennial.apps.practices.queries import followers_of
from perennial.apps.trials.moving import Move, current_lines, moved_by, moved_within
from perennial.apps.trials.studies import Paper
from perennial.apps.works.queries import Work, WorkNotice, works_by_ids, works_with
from perennial.core.vocabulary import Vocabulary

MOST_OF_WORK = 2  # estimates that are told of one work: of the largest analyses
Row = dict[str, Any]
"""As a digest keeps it: `head`, `says`, `links` as pairs of words and address, and `work`, the key of the work it stands beside or None."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What a week did to estimates, each with its practice: by works that are new, by their key; and by notices and databases."""

    by_work: Mapping[int, Sequence[tuple[str, Row]]] = field(default_factory=dict)
    others: Sequence[tuple[str, Row]] = ()

    @property
    def practices(self) -> set[str]:
        """The practices of which an estimate moved."""
        return {slug for rows in (*self.by_work.values(), self.others) for slug, _ in rows}

    def of_work(self, pk: int, cares: set[str]) -> list[Row]:
        """What a work did: for practices that its reader cares for, else in the largest analysis."""
        told = self.by_work.get(pk, ())
        return [row for slug, row in told if slug in cares][:MOST_OF_WORK] or [row for _, row in told[:1]]


def moves_of(news: News, new: Iterable[int]) -> Moves:
    """What the week did, with these new works; five queries at most, one where the site has no database that tells of practices."""
    lines = current_lines()
    if not lines:
        return Moves()
    works = {f"work {one.pk}": one for one in works_by_ids(sorted(new))}
    retracted = {f"doi {doi}": notice for doi, notices in news.notices.items() if (notice := _retraction(notices))}
    cited = works_with(dois={key.removeprefix("doi ") for key in retracted}, pmids=())
    papers = [Paper(key, one.doi, one.pmid, one.title, one.year) for key, one in works.items()]
    papers += [_paper(key, notice, cited.get(key.removeprefix("doi "))) for key, notice in retracted.items()]
    by_work: dict[int, list[tuple[str, Row]]] = {}
    others = []
    for move in moved_by(papers, lines):
        if move.paper in works:
            by_work.setdefault(works[move.paper].pk, []).append((move.practice, _row(move, work=works[move.paper].pk)))
        else:
            doi = move.paper.removeprefix("doi ")
            others.append((move.practice, _retracted(move, retracted[move.paper], doi, cited.get(doi))))
    others += [(move.practice, _row(move)) for move in moved_within(news.week.told_after, news.week.told_through)]
    return Moves(by_work, others)


def who_cares(slugs: Iterable[str], news: News, words: Vocabulary) -> dict[int, set[str]]:
    """For which of these practices each person cares, who follows it or what it is a part of, or took a course that teaches it; two
    queries."""
    above = {slug: {slug, *(one for one, parts in words.narrower.items() if slug in parts)} for slug in slugs}
    watched = set().union(*above.values())
    found = {person: _below(followed, above) for person, followed in followers_of(watched).items()} if watched else {}
    teaching = {one.pk: set(one.practices) for one in news.versions if watched & set(one.practices)}
    for taker in takers_of(teaching):
        found.setdefault(taker.person, set()).update(_below(teaching[taker.version], above))
    return found


def _below(watched: set[str], above: Mapping[str, set[str]]) -> set[str]:
    return {slug for slug, known in above.items() if known & watched}


def _retraction(notices: Sequence[WorkNotice]) -> WorkNotice | None:
    """The last retraction of a week that was not taken back in it."""
    last = next((one for one in reversed(notices) if one.nature in ("retraction", "reinstatement")), None)
    return last if last is not None and last.nature == "retraction" else None


def _paper(key: str, notice: WorkNotice, work: Work | None) -> Paper:
    doi = key.removeprefix("doi ")
    return Paper(key, doi, work.pmid, work.title, work.year) if work else Paper(key, doi, notice.pmid)


def _row(move: Move, work: int | None = None) -> Row:
    return {"work": work, "head": move.where, "says": move.says, "links": [list(one) for one in move.links]}


def _retracted(move: Move, notice: WorkNotice, doi: str, work: Work | None) -> Row:
    name = (work.title or work.citation if work else "") or doi
    record = reverse("works:record", args=[work.pk]) if work else reverse("works:work", args=[doi])
    return {
        "work": None,
        "head": f"{HEADS[notice.nature]}: a study in {move.where}",
        "says": f"{happened(notice, name)} {move.says}",
        "links": [*(list(one) for one in move.links), ["The work and its notices", record]],
    }
