"""Reads people and their keys; other areas take the name `Person` from here."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from perennial.apps.accounts.models import AccessToken, Person

__all__ = ["AccessToken", "Keys", "Person", "digest", "keys_of", "person_by_email", "token_by_secret", "tokens_of"]


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens an account beside its password."""

    confirmed: bool
    passkeys: int
    app: bool


def person_by_email(email: str) -> Person | None:
    """The person who signs in with this address, whatever its case."""
    return Person.objects.filter(email=email.strip().lower()).first()


def keys_of(person: Person) -> Keys:
    """Whether the address is confirmed, how many passkeys there are, and whether an app is on."""
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    confirmed = EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()
    return Keys(confirmed=confirmed, passkeys=kinds.count("webauthn"), app="totp" in kinds)


def tokens_of(person: Person) -> Sequence[AccessToken]:
    """This person's tokens, the newest first."""
    return list(AccessToken.objects.filter(person=person).order_by("-created_at", "-pk"))


def digest(secret: str) -> str:
    """What is kept of a token; the token has 256 random bits, so that a quick hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_by_secret(secret: str) -> AccessToken | None:
    """The token that a program showed, with its owner, if the owner may sign in."""
    return AccessToken.objects.select_related("person").filter(digest=digest(secret), person__is_active=True).first()
