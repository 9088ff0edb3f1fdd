"""Providers, and which approvals hold on which day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from perennial.apps.providers import loading
from perennial.apps.providers.builders import make_approval, make_provider
from perennial.apps.providers.models import Approval, Provider
from perennial.apps.providers.queries import STARTER, approvals_on, provider_by_slug
from perennial.apps.providers.services import keep_approval, keep_provider
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "holds"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2028, 12, 31), True), (date(2029, 1, 1), False)],
)
def test_an_approval_holds_from_its_start_until_the_day_before_its_end(day: date, holds: bool) -> None:
    approval = make_approval()
    assert bool(approvals_on(approval.provider, day)) is holds


def test_an_approval_without_an_end_goes_on() -> None:
    approval = make_approval(ends_on=None)
    assert approvals_on(approval.provider, date(2060, 1, 1))


def test_approvals_of_others_are_left_out() -> None:
    make_approval()
    assert approvals_on(make_provider(), date(2026, 6, 1)) == []


def test_an_approval_that_ends_before_it_starts_is_refused() -> None:
    start = date(2026, 1, 1)
    with pytest.raises(Refusal, match="ends after it starts"):
        make_approval(starts_on=start, ends_on=start - timedelta(days=1))


def test_a_sample_never_becomes_real() -> None:
    sample = make_provider(is_sample=True)
    with pytest.raises(Refusal, match="stays so"):
        keep_provider(slug=sample.slug, name="Real now", is_sample=False)


def test_approvals_of_a_sample_provider_are_samples() -> None:
    provider = make_provider(is_sample=True)
    approval = keep_approval(provider=provider, body="B", number="1", statement="S", starts_on=date(2026, 1, 1), ends_on=None)
    assert approval.is_sample


def test_loading_twice_gives_the_starter_provider_without_approvals_and_one_marked_sample(settings: Settings) -> None:
    settings.SAMPLES = True
    for _ in range(2):
        loading.load(lambda line: None)
    starter = provider_by_slug(STARTER)
    assert starter is not None
    assert not starter.is_sample
    assert not starter.approvals.exists()
    sample = Approval.objects.get()
    assert sample.is_sample
    assert "not real" in sample.body
    assert "not real" in sample.provider.name


def test_a_site_that_others_reach_gets_no_sample(settings: Settings) -> None:
    settings.SAMPLES = False
    loading.load(lambda line: None)
    assert not Provider.objects.filter(is_sample=True).exists()


def test_programs_see_providers_with_a_constant_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        make_approval()
    with django_assert_num_queries(2):
        found = client.get("/api/v1/providers").json()
    assert len(found) == 3
    assert found[0]["approvals"][0]["is_sample"] is True
