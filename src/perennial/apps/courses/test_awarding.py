"""Which approvals a certificate and its credit name: those in force on the day that cover the course, and no others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.certificates.queries import certificate_by_number
from perennial.apps.courses.builders import completed, make_content, make_enrolment, opinions, pass_test
from perennial.apps.courses.services import finish_course, publish_course
from perennial.apps.credits.queries import ledger_of
from perennial.apps.providers.builders import make_provider
from perennial.apps.providers.queries import Provider
from perennial.apps.providers.services import ApprovalFacts, enter_approval

pytestmark = pytest.mark.django_db


def hold(provider: Provider, slug: str, *, days: int = 400) -> None:
    """An approval that holds for so many days more."""
    today = timezone.localdate()
    facts = ApprovalFacts(slug, "77", f"Typed for {slug}.", today - timedelta(days=900), today + timedelta(days=days))
    enter_approval(provider=provider, facts=facts, person=make_person(), at=timezone.now())


def test_a_certificate_names_the_approvals_in_force_that_the_course_was_published_for() -> None:
    provider = make_provider(is_sample=False)
    for slug in ("APA", "NBCC_ACEP", "NYSED_SW"):
        hold(provider, slug)
    hold(provider, "CAMFT", days=0)
    content = make_content()
    course = publish_course(content=content, provider=provider.slug, listed=True, bodies=["NYSED_SW", "APA", "CAMFT"])
    enrolment = completed(course=course)
    certificate = certificate_by_number(enrolment.certificate_number)
    assert certificate is not None
    assert [note["statement"] for note in certificate.facts["approvals"]] == ["Typed for APA.", "Typed for NYSED_SW."]
    (credit,) = ledger_of(enrolment.person)
    assert set(credit.approvals) == {"APA", "NYSED"}
    assert publish_course(content=content, provider=provider.slug, listed=True, bodies=["APA"]).pk == course.pk
    again = completed(course=publish_course(content=content, provider=provider.slug, listed=True, bodies=["APA"]))
    told = certificate_by_number(again.certificate_number)
    assert told is not None
    assert len(told.facts["approvals"]) == 1


def test_whoever_has_begun_gets_what_was_promised_then_though_the_same_content_is_published_for_other_bodies(client: Client) -> None:
    provider = make_provider(is_sample=False)
    for slug in ("APA", "NBCC_ACEP"):
        hold(provider, slug)
    content = make_content()
    enrolment = make_enrolment(course=publish_course(content=content, provider=provider.slug, listed=True, bodies=["APA"]))
    course = publish_course(content=content, provider=provider.slug, listed=True, bodies=["NBCC_ACEP"])
    client.force_login(enrolment.person)
    assert [one.statement for one in client.get(f"/courses/{course.slug}/").context["page"].approvals] == ["Typed for APA."]
    assert [one.statement for one in Client().get(f"/courses/{course.slug}/").context["page"].approvals] == ["Typed for NBCC_ACEP."]
    pass_test(enrolment)
    ended = finish_course(enrolment=enrolment, answers=opinions(enrolment), at=timezone.now())
    certificate = certificate_by_number(ended.certificate_number)
    assert certificate is not None
    assert [note["statement"] for note in certificate.facts["approvals"]] == ["Typed for APA."]
    assert ledger_of(enrolment.person)[0].approvals == ("APA",)
    again = completed(person=enrolment.person, course=course)
    told = certificate_by_number(again.certificate_number)
    assert told is not None
    assert [note["statement"] for note in told.facts["approvals"]] == ["Typed for NBCC_ACEP."]
