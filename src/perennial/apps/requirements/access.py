"""Who may read reports of mistakes: those who work for the site; for anyone else there are none."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.requirements.models import RuleProposal
from perennial.apps.requirements.queries import reports_in


def reports_for(person: Person, state: str) -> QuerySet[RuleProposal]:
    """The reports in a state for someone who works for the site, else 404."""
    if not person.is_staff:
        raise Http404
    return reports_in(state)


def report_for(person: Person, pk: int) -> RuleProposal:
    """One report for someone who works for the site, else 404."""
    return get_object_or_404(reports_for(person, "").select_related("reporter", "decided_by"), pk=pk)
