"""A digest as it is told: on its page, in the feed, and as mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.lines import Lines, lines_of
from perennial.apps.evidence.models import Digest, Week
from perennial.apps.evidence.queries import digest_token
from perennial.apps.evidence.wording import HEADS
from perennial.apps.notices.services import Draft
from perennial.apps.works.queries import Work
from perennial.core.literature import Level
from perennial.core.values.words import counted, day_in_words

KIND = "digest"
STRONG = (Level.SYSTEMATIC_REVIEW, Level.RANDOMIZED_TRIAL)


@dataclass(frozen=True, slots=True)
class Moved:
    """That a pooled estimate moved: in which database and trials of it, how in sentences, and the addresses that reproduce each figure."""

    head: str
    says: str
    links: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Item:
    """A work of a digest, with the key that it had then: what it says in two lines, why it is here, and how it moved pooled estimates."""

    key: int
    work: Work
    level: Level
    lines: Lines
    because: Sequence[str]
    moved: Sequence[Moved]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.work.title or self.work.citation

    @property
    def where(self) -> str:
        """Its design, journal and year, as far as they are known."""
        design = self.level.words if self.level is not Level.UNKNOWN else ""
        return "; ".join(str(part) for part in (design, self.work.container, self.work.year) if part)

    @property
    def address(self) -> str:
        """The page of its record, from the root of the site."""
        return reverse("works:record", args=[self.work.pk])


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a work that courses cite."""

    head: str
    says: str
    courses: Sequence[str]
    address: str


@dataclass(frozen=True, slots=True)
class DigestMail:
    """What the templates of the mail read, as `mail`."""

    subject: str
    owner: str
    week: str
    items: Sequence[Item]
    told: Sequence[Told]
    moved: Sequence[Moved]
    more: int
    site: str
    page: str
    leave: str


def items_of(digest: Digest, works: Mapping[int, Work]) -> list[Item]:
    """The works of a digest that are known, in its order; `works` by the key that it keeps, also where they proved to be others."""
    rows: list[dict[str, Any]] = digest.works
    shown = [(one["work"], works[one["work"]], one["because"]) for one in rows if one["work"] in works]
    return [Item(key, work, Level(work.level), lines_of(work), because, moved_of(digest, key)) for key, work, because in shown]


def moved_of(digest: Digest, work: int | None = None) -> list[Moved]:
    """The estimates that a work of a digest moved; without a work, those that notices and databases did."""
    rows: list[dict[str, Any]] = digest.moved
    return [Moved(one["head"], one["says"], [(words, address) for words, address in one["links"]]) for one in rows if one["work"] == work]


def told_of(digest: Digest) -> list[Told]:
    """What a digest tells of works that courses cite."""
    rows: list[dict[str, Any]] = digest.told
    return [Told(HEADS[one["nature"]], one["says"], one["courses"], _page(one)) for one in rows]


def until(week: Week) -> str:
    """The last day that its digests are about: 23 November 2026."""
    return day_in_words(timezone.localtime(week.told_through).date())


def subject_of(digest: Digest, items: Sequence[Item]) -> str:
    """The digest in one line: what is gravest first."""
    strong = sum(item.level in STRONG for item in items)
    others = len(items) - strong
    parts = [counted(len(digest.told), "notice about a work that your courses cite", "notices about works that your courses cite")]
    parts = parts if digest.told else []
    parts += [counted(strong, "new review or trial", "new reviews and trials")] if strong else []
    parts += [counted(others, "other new work", "other new works")] if others else []
    moved = len(moved_of(digest))
    parts += [f"news of {counted(moved, 'pooled estimate')}"] if moved else []
    return f"Evidence: {', '.join(parts)}"


def draft_of(digest: Digest, person: Person, works: Mapping[int, Work], *, by_mail: bool) -> Draft:
    """What is told: on the site, and, where its reader wants it, as mail."""
    items, told, moved, page = items_of(digest, works), told_of(digest), moved_of(digest), reverse("evidence:digest")
    subject, key = subject_of(digest, items), f"digest-{digest.week.begins_on.isoformat()}-{digest.person_id}"
    text = "; ".join([*(one.says for one in told), *(item.title for item in items[:3]), *(one.head for one in moved[:3])])
    if not by_mail:
        return Draft(person.pk, KIND, key, subject, text, page)
    leave = reverse("evidence:leave", args=[digest_token(person.pk)])
    site = settings.SITE_ADDRESS
    more = max(digest.found - len(items), 0)
    mail = DigestMail(subject, str(person), until(digest.week), items, told, moved, more, site, site + page, site + leave)
    plain, html = (get_template(f"evidence/emails/digest.{kind}").render({"mail": mail}) for kind in ("txt", "html"))
    return Draft(person.pk, KIND, key, subject, text, page, person.email, subject, plain, html, leave)


def _page(one: Mapping[str, Any]) -> str:
    return reverse("works:record", args=[one["work"]]) if one["work"] else reverse("works:work", args=[one["doi"]])
