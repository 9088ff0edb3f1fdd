"""What a provider says about itself: name, address, policies, and the administrators of its program."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from perennial.apps.desk.access import administered_by
from perennial.apps.desk.paper_forms import PapersForm, first_of_papers, lines_for
from perennial.apps.desk.queries import Provider
from perennial.apps.providers.services import keep_papers
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class PapersPage(Page):
    """The form."""

    template = "desk/pages/papers.html"
    nav = "desk"
    provider: Provider
    form: PapersForm


@login_required
def papers(request: SignedIn, provider: str) -> HttpResponse:
    """Show what the provider says, or have it say something else."""
    found = administered_by(request.user, provider)
    sent = request.POST if request.method == "POST" else None
    form = PapersForm(sent, initial=first_of_papers(found), lines=lines_for(found))
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            keep_papers(
                provider=found,
                name=said["name"],
                address=said["address"],
                policies=form.policies,
                administrators=form.administrators,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept. Checks of courses use it from now on; certificates that were issued are not changed.")
            return redirect("desk:papers", provider)
    page = PapersPage(title=f"{found.name}: papers", provider=found, form=form)
    return show(request, page, status=400 if form.errors else 200)
