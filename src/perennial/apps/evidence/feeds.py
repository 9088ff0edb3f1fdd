"""The private address of a person's feed: a seed that the table keeps, and its seal, made with the site's secret."""

import re
import secrets

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "perennial.evidence.feed"
SHAPE = re.compile(r"[0-9a-f]{32}-[0-9a-f]{40}")


def new_seed() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def token_of(seed: str) -> str:
    """What stands in the address."""
    return f"{seed}-{_seal(seed)}"


def seed_in(token: str) -> str:
    """The seed of an address that this site made; empty for any other text."""
    if not SHAPE.fullmatch(token):
        return ""
    seed, _, seal = token.partition("-")
    return seed if constant_time_compare(seal, _seal(seed)) else ""


def _seal(seed: str) -> str:
    return salted_hmac(SALT, seed, algorithm="sha256").hexdigest()[:40]
