"""Corrects the key of a published course's question; attempts are scored again in the background."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import QuestionInBank
from perennial.apps.assessments.services import correct_key
from perennial.apps.desk.tasks import score_again_later


@transaction.atomic
def correct(*, item: QuestionInBank, key: Mapping[str, Any], reason: str, by: Person, at: datetime) -> None:
    """Enter the correction and have every attempt scored again, both or neither."""
    for correction in correct_key(item=item, key=key, reason=reason, by=by, at=at):
        score_again_later.enqueue(correction=correction.pk)
