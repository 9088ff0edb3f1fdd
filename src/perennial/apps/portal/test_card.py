"""The dashboard's cards are kept by what they show: whatever changes shows at once, and nobody gets another's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license
from perennial.apps.portal.board import board_of
from perennial.core.values.words import day_in_words

pytestmark = pytest.mark.django_db


def cards(person: Person, later: int = 0) -> list[str]:
    """The cards of a person's dashboard, drawn, so many days from today."""
    return [str(card.html) for card in board_of(person, timezone.localdate() + timedelta(days=later)).cards]


def test_a_credit_and_another_day_show_at_once_and_the_same_state_is_drawn_once() -> None:
    license = make_license()
    empty = cards(license.person)
    assert "0 of 36 hours counted" in empty[0]
    make_credit(person=license.person, minutes=180)
    one = cards(license.person)
    assert "3 of 36 hours counted" in one[0]
    drawn = board_of(license.person, timezone.localdate()).cards[0].html
    assert drawn is board_of(license.person, timezone.localdate()).cards[0].html
    left = (license.expires_on - timezone.localdate()).days
    assert f"{left} days left of" in one[0]
    assert f"{left - 1} days left of" in cards(license.person, later=1)[0]


def test_what_is_changed_of_the_license_shows_at_once() -> None:
    license = make_license()
    assert f'Due on <time datetime="{license.expires_on.isoformat()}">' in cards(license.person)[0]
    license.expires_on += timedelta(days=30)
    license.save()
    assert day_in_words(license.expires_on) in cards(license.person)[0]


def test_two_people_in_the_same_state_have_their_own_cards() -> None:
    first, second = make_license(), make_license()
    for license, other in ((first, second), (second, first)):
        (card,) = cards(license.person)
        assert reverse("portal:requirement", args=[license.pk]) in card
        assert reverse("portal:requirement", args=[other.pk]) not in card


def test_a_license_without_a_rule_here_says_when_it_ends() -> None:
    license = make_license(profession="other", credential="Art therapist")
    (card,) = cards(license.person)
    assert "No rule here yet" in card
    assert day_in_words(license.expires_on) in card
    assert reverse("licenses:edit", args=[license.pk]) in card
