"""Makes files of questions for tests."""

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.intakes.models import Intake
from perennial.apps.intakes.services import keep_file, read_intake
from perennial.apps.providers.queries import Provider
from perennial.apps.providers.services import open_provider

GIFT = b"::sleep::Does it help? {=Yes#It does. ~No}\n\nName it. {=rest}\n"


def make_intake(  # noqa: PLR0913  each can be left out
    provider: Provider | None = None,
    *,
    person: Person | None = None,
    draft: str = "",
    name: str = "a/bank.gift",
    data: bytes = GIFT,
    read: bool = True,
    short_as_reflection: bool = False,
) -> Intake:
    """A file at a desk, read already unless told otherwise."""
    person = person or make_person()
    at = timezone.now()
    provider = provider or open_provider(person=person, name="Harbor Institute", address="", at=at)
    intake = keep_file(
        provider=provider, draft=draft, person=person, name=name, data=data, format="", short_as_reflection=short_as_reflection, at=at
    )
    if read:
        read_intake(intake=intake)
    return intake
