"""Publishes a draft as a version of its course, withdraws the course, and offers it again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.queries import Course, files_of, latest_version
from perennial.apps.courses.services import list_courses_of, offer_course_again, publish_course, withdraw_course
from perennial.apps.desk.folder import MEDIA
from perennial.apps.desk.judging import judge
from perennial.apps.desk.models import Draft, DraftPart
from perennial.apps.desk.parts import Kind
from perennial.apps.desk.queries import Provider, parts_of
from perennial.apps.desk.queries import files_of as draft_files
from perennial.apps.desk.reading import look_at_draft, read_draft
from perennial.apps.desk.services import save_part
from perennial.apps.providers.services import confirm_provider
from perennial.core.approval import bodies
from perennial.core.values import Refusal


@transaction.atomic
def choose_bodies(*, draft: Draft, slugs: Sequence[str], at: datetime) -> None:
    """Say whose clauses the draft shall meet."""
    known = [slug for slug in bodies() if slug in slugs]
    Draft.objects.filter(pk=draft.pk).update(bodies=known, changed_at=at)
    draft.bodies = known


@transaction.atomic
def publish(*, draft: Draft, person: Person, at: datetime) -> Course:
    """Offer the draft as it stands as a new version; the same content again changes nothing.

    Who has begun an earlier version stays on it. Refused where anything keeps the draft from being published.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("provider").get(pk=draft.pk)
    _number(draft, person, at)
    parts = parts_of(draft)
    judged = judge(draft, parts, read_draft(draft, parts), timezone.localdate(at))
    content = judged.reading.in_order
    if content is None or judged.blocks:
        raise Refusal(
            f"{judged.blocks} thing{'s' if judged.blocks != 1 else ''} keep this course from being published. Mend what the check names."
        )
    return publish_course(
        content=content,
        provider=draft.provider.slug,
        listed=draft.provider.is_confirmed,
        bodies=draft.bodies,
        media={name.removeprefix(MEDIA): data for name, data in judged.reading.files.items() if name.startswith(MEDIA)},
    )


def _number(draft: Draft, person: Person, at: datetime) -> None:
    """Raise the version where the content differs from the version published last and has its number."""
    last, files = latest_version(draft.slug, draft.provider.slug), draft_files(draft)
    reading = look_at_draft(draft, parts_of(draft), files)
    if last is None or reading.course is None or reading.course.version > last.version:
        return
    if reading.course.digest == last.digest and files_of(last) == {entry.name: entry.sha256 for entry in files}:
        return
    part = DraftPart.objects.select_for_update().get(draft=draft, kind=Kind.ABOUT)
    save_part(part=part, data={**part.data, "version": last.version + 1}, base=part.revision, person=person, at=at)


@transaction.atomic
def withdraw(*, draft: Draft) -> None:
    """Offer the course no longer; whoever has begun it goes on to the certificate."""
    withdraw_course(slug=draft.slug, provider=draft.provider.slug)


@transaction.atomic
def offer_again(*, draft: Draft) -> None:
    """Offer the version published last again."""
    offer_course_again(slug=draft.slug, provider=draft.provider.slug)


@transaction.atomic
def confirm(*, provider: Provider) -> None:
    """Say that the site knows the provider: its courses show in the catalog from now on."""
    confirm_provider(provider=provider)
    list_courses_of(provider=provider.slug)
