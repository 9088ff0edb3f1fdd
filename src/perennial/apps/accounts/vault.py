"""Keeps the secrets of authenticator apps encrypted, so that a copy of the tables alone opens no account."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class Vault(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Encrypts with a key derived from the site's secret; older secrets (SECRET_KEY_FALLBACKS) still open."""

    def encrypt(self, text: str) -> str:
        """The text, closed."""
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text, open."""
        return keys().decrypt(encrypted_text.encode()).decode()


def keys() -> MultiFernet:
    """The present key first, then older ones."""
    every: tuple[str, ...] = (str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"mfa:" + key.encode()).digest())) for key in every])
