"""What a person can do with an account."""

import secrets
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from perennial.apps.accounts import samples
from perennial.apps.accounts.models import AccessToken, Person
from perennial.apps.accounts.queries import digest
from perennial.core.values import Refusal

MOST_TOKENS = 20


@transaction.atomic
def rename_person(*, person: Person, name: str) -> None:
    """Change the name that new certificates show; issued ones keep theirs."""
    person.name = name
    person.save(update_fields=["name"])


@transaction.atomic
def make_token(*, person: Person, name: str, at: datetime) -> str:
    """Make a token for a program and give its secret, which is kept nowhere."""
    if AccessToken.objects.filter(person=person).count() >= MOST_TOKENS:
        raise Refusal(f"You have {MOST_TOKENS} tokens already. Revoke one that you no longer use.")
    secret = f"pt_{secrets.token_urlsafe(32)}"
    AccessToken.objects.create(person=person, name=name, digest=digest(secret), created_at=at)
    return secret


@transaction.atomic
def revoke_token(*, token: AccessToken) -> None:
    """End a token; revoking it twice changes nothing."""
    AccessToken.objects.filter(pk=token.pk).delete()


def note_use(*, token: AccessToken, day: date) -> None:
    """Keep the day on which a token was last used: one write a day, not one a request."""
    if token.used_on != day:
        AccessToken.objects.filter(pk=token.pk).update(used_on=day)


@transaction.atomic
def make_sample_people() -> tuple[Person, ...]:
    """Make the sample people of a local site, once; a changed password stays changed."""
    people = []
    for email, name in samples.PEOPLE:
        person = Person.objects.filter(email=email).first()
        if person is None:
            person = Person.objects.create_user(email, samples.PASSWORD, name=name)
            EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        people.append(person)
    return tuple(people)
