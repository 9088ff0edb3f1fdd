"""Tests of signing up and in, as the pages do it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings as site
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from perennial.apps.accounts.builders import PASSWORD, make_person
from perennial.apps.accounts.hashers import Argon2id
from perennial.apps.accounts.models import Person
from perennial.apps.accounts.vault import Vault

pytestmark = pytest.mark.django_db


def test_someone_new_signs_up_and_is_in(client: Client) -> None:
    client.post("/account/signup/", {"name": "Kim Sample", "email": "Kim@Example.org", "password1": "a meadow in the morning"})
    person = Person.objects.get(email="kim@example.org")
    assert person.name == "Kim Sample"
    page = client.get("/account/")
    assert page.status_code == 200
    assert "You are signed in as Kim Sample." in page.content.decode()
    assert "We sent a mail to kim@example.org." in page.content.decode()


@pytest.mark.parametrize("password", ["short", "password123", "12345678901234"])
def test_a_weak_password_is_refused_and_nothing_is_kept(client: Client, password: str) -> None:
    client.post("/account/signup/", {"name": "Kim Sample", "email": "kim@example.org", "password1": password})
    assert not Person.objects.exists()


def test_a_taken_address_makes_no_second_account_and_is_told(client: Client) -> None:
    make_person(email="kim@example.org")
    answer = client.post("/account/signup/", {"name": "K", "email": "KIM@example.org", "password1": "a meadow in the morning"})
    assert "already registered" in answer.content.decode()
    assert Person.objects.count() == 1


def test_where_confirming_is_mandatory_no_one_learns_who_has_an_account(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    make_person(email="kim@example.org")
    answer = client.post("/account/signup/", {"name": "K", "email": "kim@example.org", "password1": "a meadow in the morning"})
    assert answer.status_code == 302
    assert Person.objects.count() == 1
    assert mail.outbox[0].to == ["kim@example.org"]


def test_the_case_of_an_address_does_not_matter(client: Client) -> None:
    make_person(email="kim@example.org", password=PASSWORD)
    client.post("/account/login/", {"login": "KIM@example.org", "password": PASSWORD})
    assert client.get("/account/").status_code == 200


def test_a_password_forgotten_is_chosen_anew_by_mail(client: Client) -> None:
    make_person(email="kim@example.org", password=PASSWORD)
    client.post("/account/password/reset/", {"email": "kim@example.org"})
    link = next(word for word in mail.outbox[0].body.split() if "/account/password/reset/key/" in word)
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    assert "Choose a new password" in page.content.decode()


def test_mail_to_an_address_says_nothing_that_a_stranger_wrote(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    name = "Visit http://elsewhere.example now"
    client.post("/account/signup/", {"name": name, "email": "kim@example.org", "password1": "a meadow in the morning"})
    (sent,) = mail.outbox
    assert sent.subject == "Confirm your e-mail address"
    assert "elsewhere" not in sent.body
    assert "/account/confirm-email/" in sent.body


def test_a_changed_password_is_told_by_mail(client: Client) -> None:
    make_person(email="kim@example.org", password=PASSWORD)
    client.post("/account/login/", {"login": "kim@example.org", "password": PASSWORD})
    fresh = "a quite different meadow"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert "If it was not you, set a new password at once" in mail.outbox[-1].body


def test_guessing_passwords_is_slowed_down(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "guessing"}}
    cache.clear()
    make_person(email="kim@example.org", password=PASSWORD)
    for _ in range(12):
        client.post("/account/login/", {"login": "kim@example.org", "password": "a wrong guess"})
    client.post("/account/login/", {"login": "kim@example.org", "password": PASSWORD})
    assert client.get("/account/").status_code == 302


def test_passwords_are_kept_as_argon2id_with_nineteen_mebibytes_and_two_passes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["perennial.apps.accounts.hashers.Argon2id"]
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(kept).verify(PASSWORD, kept)


def test_a_process_works_on_one_password_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 19 MiB while it lasts."""
    hasher, now, most = Argon2id(), [0], [0]
    kept, checked = hasher.encode(PASSWORD, "a-salt-of-this-test"), Argon2PasswordHasher.verify

    def counted(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        now[0] += 1
        most[0] = max(most[0], now[0])
        right = checked(self, password, encoded)
        now[0] -= 1
        return right

    monkeypatch.setattr(Argon2PasswordHasher, "verify", counted)
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda given: hasher.verify(given, kept), [PASSWORD, "another"] * 6))
    assert answers == [True, False] * 6
    assert most == [1]


def test_the_secret_of_an_app_is_closed_in_the_tables(settings: Settings) -> None:
    closed = Vault().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in closed
    assert Vault().decrypt(closed) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = [site.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-that-came-after-the-first"
    assert Vault().decrypt(closed) == "JBSWY3DPEHPK3PXP"
