"""What other programs see of the area `notices`."""

from datetime import datetime
from typing import Literal

from django.utils import timezone
from ninja import Router, Schema

from perennial.apps.notices.access import notice_of
from perennial.apps.notices.queries import Choice, Notice, choice_of, notices_of
from perennial.apps.notices.services import read_notice, save_choice
from perennial.ui import SignedIn

router = Router()


class NoticeOut(Schema):
    """A notice; `read_at` is null until it was read, `link` a path of this site."""

    id: int
    kind: str
    title: str
    text: str
    link: str
    created_at: datetime
    read_at: datetime | None


class ChoiceBody(Schema):
    """At which days before hours are due a reminder comes, and whether by mail as well."""

    steps: list[Literal[180, 90, 60, 30, 7]]
    by_mail: bool


@router.get("", response=list[NoticeOut], summary="What one was told, the unread first")
def notices(request: SignedIn) -> list[Notice]:
    """The latest 100."""
    return list(notices_of(request.user))


@router.post("/{pk}/read", response=NoticeOut, summary="Mark a notice as read")
def read(request: SignedIn, pk: int) -> Notice:
    """Safe to repeat."""
    notice = notice_of(request.user, pk)
    read_notice(notice=notice, at=timezone.now())
    notice.refresh_from_db()
    return notice


@router.get("/preferences", response=ChoiceBody, summary="Which reminders one wants")
def preferences(request: SignedIn) -> Choice:
    """What was chosen; without a choice, all."""
    return choice_of(request.user)


@router.put("/preferences", response=ChoiceBody, summary="Choose which reminders to get")
def choose(request: SignedIn, body: ChoiceBody) -> Choice:
    """Kept as given; an empty list of steps means none."""
    save_choice(person=request.user, steps=body.steps, by_mail=body.by_mail)
    return choice_of(request.user)
