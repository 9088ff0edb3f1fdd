"""Takes a course folder, sent as a ZIP, into the desk, and says what became of it."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.desk.access import desk_of
from perennial.apps.desk.archive import unpack
from perennial.apps.desk.importing import Taken, take_folder
from perennial.apps.desk.queries import Provider
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class FolderForm(forms.Form):
    """A ZIP of a course folder."""

    file = forms.FileField(
        label="ZIP of the folder", help_text="At most 20 MB, with course.toml in it.", error_messages={"required": "Choose the ZIP."}
    )


class FolderPage(Page):
    """The form, and what became of the last folder."""

    template = "desk/pages/folder.html"
    title = "Take in a course folder"
    nav = "desk"
    provider: Provider
    form: FolderForm
    taken: Taken | None = None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: SignedIn, provider: str) -> HttpResponse:
    """Show the form, or take the folder."""
    found = desk_of(request.user, provider).provider
    if request.method != "POST":
        return show(request, FolderPage(provider=found, form=FolderForm()))
    form = FolderForm(request.POST, request.FILES)
    taken = None
    if form.is_valid():
        try:
            unpacked = unpack(form.cleaned_data["file"])
            taken = take_folder(provider=found, person=request.user, files=unpacked.files, left_out=unpacked.left_out, at=timezone.now())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return show(request, FolderPage(provider=found, form=form, taken=taken), status=200 if taken and taken.draft else 400)
