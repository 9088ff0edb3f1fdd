"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane: a common floor against guessing, at some 30 ms a sign-in."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
