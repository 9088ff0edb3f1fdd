"""What a person can do with an account."""

from allauth.account.models import EmailAddress
from django.db import transaction

from perennial.apps.accounts import samples
from perennial.apps.accounts.models import Person


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
