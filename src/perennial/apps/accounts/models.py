"""People and their keys."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class People(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person who signs in with `email`; without a password none fits."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person who works for the site."""
        return self.create_user(email, password, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Someone with an account; `name` is what certificates show."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=120, help_text="As it shall stand on your certificates.")
    is_staff = models.BooleanField("works for this site", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField("joined", auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class AccessToken(models.Model):
    """Lets a program act as its owner through the API; only a digest of the secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField("what it is for", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    class Meta:
        verbose_name = "access token"

    def __str__(self) -> str:
        return self.name
