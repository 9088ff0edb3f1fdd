"""Changes what is told of a candidate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.plans.access import course_of
from perennial.apps.plans.facts import facts_of
from perennial.apps.plans.forms import OutsideForm, initial_of
from perennial.apps.plans.queries import OutsideCourse
from perennial.apps.plans.services import change_course
from perennial.apps.plans.words import approver_names
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class ChangePage(Page):
    """The form."""

    template = "plans/pages/change.html"
    title = "Change a candidate"
    nav = "plan"
    course: OutsideCourse
    form: OutsideForm
    approvers: list[str]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Show the form, or save what it holds."""
    course = course_of(request.user, pk)
    lines = {"topics": len(course.topics), "approvals": len(course.approvals)}
    form = OutsideForm(request.POST or None, initial=initial_of(facts_of(course)), **lines)
    if form.is_valid():
        try:
            change_course(course=course, facts=form.facts(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{course.title}” is saved.")
            return redirect("plans:candidate", pk)
    return show(request, ChangePage(course=course, form=form, approvers=approver_names()), status=400 if form.errors else 200)
