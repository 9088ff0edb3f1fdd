"""The approvals' record: entries are written once, corrected by new ones, and what stands is what counts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from perennial.apps.accounts.builders import make_person
from perennial.apps.providers.builders import make_provider
from perennial.apps.providers.models import AppendOnly, Approval, Provider
from perennial.apps.providers.queries import approval_record, approvals_of, approvals_on, as_value
from perennial.apps.providers.services import ApprovalFacts, correct_approval, enter_approval, keep_papers, void_approval
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
FACTS = ApprovalFacts("APA", "", "Harbor is approved by APA.", date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture
def approval() -> Approval:
    """An approval as somebody entered it."""
    return enter_approval(provider=make_provider(name="Harbor", is_sample=False), facts=FACTS, person=make_person(), at=AT)


def test_a_correction_stands_in_place_of_what_it_replaces_and_both_stay_on_record(approval: Approval) -> None:
    corrected = correct_approval(
        approval=approval, facts=replace(FACTS, ends_on=date(2028, 1, 1)), reason="Renewed", person=make_person(), at=AT
    )
    assert approvals_of(approval.provider) == [corrected]
    assert [view.ends_on for view in approvals_on(approval.provider, date(2027, 6, 1))] == [date(2028, 1, 1)]
    assert [entry.pk for entry in approval_record(approval.provider)] == [corrected.pk, approval.pk]


def test_an_entry_is_corrected_once(approval: Approval) -> None:
    correct_approval(approval=approval, facts=FACTS, reason="A slip", person=make_person(), at=AT)
    with pytest.raises(Refusal, match="corrected meanwhile"):
        correct_approval(approval=approval, facts=FACTS, reason="Again", person=make_person(), at=AT)


def test_what_was_entered_in_error_counts_no_more_and_can_be_entered_anew(approval: Approval) -> None:
    void_approval(approval=approval, reason="Another provider's letter", person=make_person(), at=AT)
    assert approvals_on(approval.provider, date(2026, 6, 1)) == []
    again = enter_approval(provider=approval.provider, facts=FACTS, person=make_person(), at=AT)
    assert approvals_of(approval.provider) == [again]


def test_the_same_approval_twice_is_refused(approval: Approval) -> None:
    with pytest.raises(Refusal, match="Correct that entry"):
        enter_approval(provider=approval.provider, facts=FACTS, person=make_person(), at=AT)


def test_neither_code_nor_database_changes_an_entry(approval: Approval) -> None:
    with pytest.raises(AppendOnly):
        approval.save()
    with pytest.raises(AppendOnly):
        approval.delete()
    for change in ({"statement": "Other words"}, {"ends_on": date(2030, 1, 1)}, {"is_void": True}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Approval.objects.filter(pk=approval.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM providers_approval")


def test_who_entered_it_can_be_forgotten(approval: Approval) -> None:
    assert approval.entered_by is not None
    approval.entered_by.delete()
    assert Approval.objects.get(pk=approval.pk).entered_by is None


def test_checks_see_the_papers_and_the_approvals_that_stand(approval: Approval) -> None:
    policies = {"accommodation": "Write to us.", "refund": "All of it.", "grievance": "", "records": "7 years"}
    keep_papers(
        provider=approval.provider, name="Harbor", address="1 Harbor Street", policies=policies, administrators=[("A. Sample", "LCSW")]
    )
    value = as_value(Provider.objects.get(pk=approval.provider_id))
    assert (value.refund, value.grievance, value.administrators[0].qualifications) == ("All of it.", "", "LCSW")
    assert [held.holds_on(date(2026, 12, 31)) for held in value.approvals_of("APA")] == [True]
