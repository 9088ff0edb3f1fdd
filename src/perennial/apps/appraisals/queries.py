"""Reads appraisals, their answers, pairs and tries in the gym."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from perennial.apps.accounts.queries import Person
from perennial.apps.appraisals.models import Answer, Applicability, Appraisal, Consensus, FormVersion, GymTry, Pairing, Share
from perennial.apps.works.queries import Marked, Work, marks_of, work_of
from perennial.core import appraisal as core
from perennial.core.literature import plain_doi
from perennial.core.literature.titles import title_key

__all__ = [
    "Answer",
    "Appraisal",
    "Given",
    "Pairing",
    "Share",
    "answers_by",
    "answers_of",
    "appraisals_of",
    "clients_before",
    "consensus_of",
    "export_of",
    "find_works",
    "finished_by",
    "form_in",
    "given_in",
    "newest_of",
    "pairings_of",
    "shares_of",
    "standing_of",
    "told_in",
    "tries_of",
]
MOST_FOUND, MOST_READ, MOST_WORDS = 20, 200, 8
FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Given:
    """An appraisal of a list with how far it is: questions answered, and questions asked."""

    appraisal: Appraisal
    title: str
    answered: int
    asked: int
    marked: Marked | None


def form_in(kept: FormVersion) -> core.Form:
    """The form as it was kept."""
    return core.from_plain(kept.content)


def answers_of(appraisal: Appraisal) -> dict[str, Answer]:
    """The answer that stands for each question; one query."""
    return {row.item: row for row in Answer.objects.filter(appraisal=appraisal)}


def answers_by(rows: Sequence[Appraisal]) -> dict[int, dict[str, Answer]]:
    """The answers that stand in each of several appraisals, by its key; one query."""
    found: dict[int, dict[str, Answer]] = {}
    for row in Answer.objects.filter(appraisal__in=rows):
        found.setdefault(row.appraisal_id, {})[row.item] = row
    return found


def finished_by(person: Person, work: Work, form: FormVersion) -> Appraisal | None:
    """The newest appraisal of a work that a person finished alone by this very form; one query."""
    return Appraisal.objects.filter(person=person, work=work, form=form, pairing=None, finished_at__isnull=False).first()


def given_in(rows: Mapping[str, Answer]) -> dict[str, core.Answer]:
    """The answers alone."""
    return {item: core.Answer(row.said) for item, row in rows.items()}


def told_in(appraisal: Appraisal) -> dict[str, core.Told]:
    """What was told of the study's people and one's own; one query."""
    row = Applicability.objects.filter(appraisal=appraisal).first()
    return {aspect: core.Told(**told) for aspect, told in (row.told if row else {}).items()}


def clients_before(appraisal: Appraisal) -> dict[str, core.Told]:
    """One's own clients as this person described them last beside another work, without what was said of that study; one query."""
    rows = Applicability.objects.filter(appraisal__person_id=appraisal.person_id).exclude(appraisal=appraisal)
    row = rows.order_by("-changed_at", "-pk").first()
    return {aspect: core.Told(mine=told["mine"]) for aspect, told in (row.told if row else {}).items() if told["mine"]}


def standing_of(work: Work) -> Marked | None:
    """How a work stands, where it does not stand clear; one query."""
    return marks_of([work]).get(work.pk)


def appraisals_of(person: Person) -> list[Given]:
    """A person's appraisals, the newest first, without those that a newer version replaced; three queries."""
    rows = list(Appraisal.objects.filter(person=person, corrected_by=None).select_related("work", "form", "pairing"))
    answered: dict[int, set[str]] = {}
    for key, item in Answer.objects.filter(appraisal__in=rows).values_list("appraisal", "item"):
        answered.setdefault(key, set()).add(item)
    marked = marks_of([row.work for row in rows])
    return [
        Given(row, form.title, len(answered.get(row.pk, ())), len(form.items), marked.get(row.work_id))
        for row in rows
        for form in [form_in(row.form)]
    ]


def newest_of(appraisal: Appraisal) -> Appraisal | None:
    """The version that replaced this one; one query."""
    return Appraisal.objects.filter(corrects=appraisal).first()


def shares_of(appraisal: Appraisal) -> list[Share]:
    """Whom an appraisal is shown to now; one query."""
    return list(Share.objects.filter(appraisal=appraisal, ended_at=None))


def pairings_of(person: Person) -> list[Pairing]:
    """The pairs in which a person rates, the newest first; one query."""
    both = Pairing.objects.filter(Q(person=person) | Q(second=person))
    return list(both.select_related("work", "form", "person", "second"))


def consensus_of(pairing: Pairing) -> dict[str, Consensus]:
    """What a pair agreed on, by question; one query."""
    return {row.item: row for row in Consensus.objects.filter(pairing=pairing).select_related("by")}


def tries_of(person: Person) -> list[core.Try]:
    """A person's tries in the gym, the oldest first; one query."""
    rows = GymTry.objects.filter(person=person).values_list("design", "example", "item", "right", "at")
    return [core.Try(*row) for row in rows]


def find_works(words: str) -> list[Work]:
    """Works by DOI, PubMed number or words of the title, the newest first, at most twenty; at most three queries.

    Words are looked up in the index of titles alone; a work without title or year is found by its citation.
    """
    text = words.strip()
    doi = plain_doi(text)
    if doi:
        found = work_of(doi)
        return [found] if found else []
    if text.isascii() and text.isdecimal():
        return list(Work.objects.filter(pmid=text)[:MOST_FOUND])
    parts = [part for part in title_key(text[:300], 1).removesuffix("|1").split() if len(part) >= FEWEST_LETTERS][:MOST_WORDS]
    if not parts:
        return []
    titled, untitled = Work.objects.order_by(), Work.objects.filter(title_key="").order_by()
    for part in parts:
        titled, untitled = titled.filter(title_key__contains=part), untitled.filter(citation__icontains=part)
    keys = [*titled.values_list("pk", flat=True)[:MOST_READ], *untitled.values_list("pk", flat=True)[:MOST_READ]]
    return sorted(Work.objects.filter(pk__in=keys), key=lambda one: (-(one.year or 0), one.pk))[:MOST_FOUND]


def export_of(person: Person) -> dict[str, Any]:
    """Everything that a person appraised, compared, shared and practiced, as plain values."""
    rows = list(Appraisal.objects.filter(person=person).select_related("work", "form").order_by("pk"))
    answers = _by(Answer.objects.filter(appraisal__in=rows), "appraisal_id")
    clients = {row.appraisal_id: row.told for row in Applicability.objects.filter(appraisal__in=rows)}
    shares = _by(Share.objects.filter(appraisal__in=rows).order_by("pk"), "appraisal_id")
    agreed = Consensus.objects.filter(by=person).select_related("pairing")
    return {
        "appraisals": [_exported(row, answers.get(row.pk, []), clients.get(row.pk, {}), shares.get(row.pk, [])) for row in rows],
        "appraisal_pairs": [
            {"id": one.pk, "work": one.work.citation, "made_at": one.made_at.isoformat(), "asked_for_it": one.person_id == person.pk}
            for one in pairings_of(person)
        ],
        "appraisal_consensus": [
            {"pair": row.pairing_id, "question": row.item, "answer": row.said, "reason": row.reason, "at": row.at.isoformat()}
            for row in agreed
        ],
        "appraisal_practice": [
            {"design": one.design, "example": one.example, "question": one.item, "right": one.right, "at": one.at.isoformat()}
            for one in tries_of(person)
        ],
    }


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _exported(row: Appraisal, answers: Sequence[Answer], clients: Mapping[str, Any], shares: Sequence[Share]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "work": row.work.citation,
        "doi": row.work.doi,
        "form": {"design": row.form.design, "version": row.form.version, "digest": row.form.digest},
        "version": row.number,
        "corrects": row.corrects_id,
        "pair": row.pairing_id,
        "started_at": row.started_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "what_i_take_from_it": row.said,
        "answers": [
            {
                "question": one.item,
                "answer": one.said,
                "page": one.page,
                "quote": one.quote,
                "note": one.note,
                "at": one.at.isoformat(),
                "carried": one.carried,
            }
            for one in answers
        ],
        "my_clients": clients,
        "shown_to": [
            {
                "email": one.email or "everybody",
                "since": one.made_at.isoformat(),
                "until": one.ended_at.isoformat() if one.ended_at else None,
            }
            for one in shares
        ],
    }
