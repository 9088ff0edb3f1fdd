"""An appraisal as others see it."""

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.access import token_of_share
from perennial.apps.appraisals.builders import answer_all, make_appraisal
from perennial.apps.appraisals.models import Share
from perennial.apps.appraisals.services import end_share, save_clients, share_appraisal
from perennial.apps.works.builders import make_notice
from perennial.core.appraisal import Told

pytestmark = pytest.mark.django_db


def shared(email: str) -> tuple[Share, str]:
    done = answer_all(make_appraisal(), but={"chance": "no"})
    save_clients(appraisal=done, told={"age": Told("18 to 65", "my own clients")}, at=timezone.now())
    share = share_appraisal(appraisal=done, email=email, at=timezone.now())
    return share, reverse("appraisals:shared", args=[token_of_share(share)])


def test_everybody_sees_answers_and_nothing_of_clients(client: Client) -> None:
    share, address = shared("")
    make_notice(work=share.appraisal.work)
    text = client.get(address).content.decode()
    assert "There is a weak point here" in text
    assert "This work was retracted" in text
    assert "my own clients" not in text
    end_share(appraisal=share.appraisal, pk=share.pk, at=timezone.now())
    assert client.get(address).status_code == 404


def test_it_opens_for_the_named_person_alone(client: Client) -> None:
    _, address = shared("ana@example.org")
    assert client.get(address).status_code == 302
    client.force_login(make_person())
    assert client.get(address).status_code == 404
    client.force_login(make_person(email="ana@example.org"))
    assert client.get(address).status_code == 200


def test_an_address_that_was_not_given_out_is_not_there(client: Client) -> None:
    share, _ = shared("")
    for token in (f"{share.pk}:nonsense", Signer(salt="appraisals.share").sign("999999"), Signer(salt="other").sign(str(share.pk)), "x"):
        assert client.get(reverse("appraisals:shared", args=[token])).status_code == 404
