"""Choosing who may see an appraisal."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.appraisals.builders import answer_all, make_appraisal, make_pair
from perennial.apps.appraisals.models import Share

pytestmark = pytest.mark.django_db


def test_people_by_name_and_everybody_and_ending_it(client: Client) -> None:
    done = answer_all(make_appraisal())
    client.force_login(done.person)
    address = reverse("appraisals:sharing", args=[done.pk])
    assert "Only you." in client.get(address).content.decode()
    for sent in ({"email": "ana@example.org"}, {"public": "1"}):
        assert "/appraisals/shared/" in client.post(address, sent, follow=True).content.decode()
    for share in Share.objects.filter(appraisal=done):
        client.post(reverse("appraisals:end_share", args=[done.pk, share.pk]))
    assert "Only you." in client.get(address).content.decode()


@pytest.mark.parametrize("email", ["", "nobody"])
def test_a_wrong_address_is_told_beside_the_field(client: Client, email: str) -> None:
    done = answer_all(make_appraisal())
    client.force_login(done.person)
    reply = client.post(reverse("appraisals:sharing", args=[done.pk]), {"email": email})
    assert reply.status_code == 400
    assert 'aria-invalid="true"' in reply.content.decode()


def test_while_the_other_rater_is_at_work_it_is_shown_to_nobody(client: Client) -> None:
    _, mine, _ = make_pair()
    client.force_login(answer_all(mine).person)
    reply = client.post(reverse("appraisals:sharing", args=[mine.pk]), {"public": "1"})
    assert "has not finished" in reply.content.decode()
    assert not Share.objects.exists()
