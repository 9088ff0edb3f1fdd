"""How passwords are kept."""

from threading import Lock

from django.contrib.auth.hashers import Argon2PasswordHasher

_ONE_AT_A_TIME = Lock()


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: a common floor against guessing, at some 30 ms a sign-in.

    A process, of which there is one for each core, works on one at a time: several at once would be done no sooner, and take 19 MiB each.
    """

    time_cost = 2
    memory_cost = 19456
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The password as it is kept."""
        with _ONE_AT_A_TIME:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the password that was kept."""
        with _ONE_AT_A_TIME:
            return super().verify(password, encoded)
