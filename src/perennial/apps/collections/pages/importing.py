"""Importing what a reference manager exports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.collections.queries import Collection, collections_of
from perennial.apps.collections.services import LARGEST_BYTES, TakenOver, collect, form_of, take_over
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class FileForm(forms.Form):
    """A file of a reference manager, and the collection it goes into."""

    file = forms.FileField(label="File", help_text="RIS, BibTeX or CSL-JSON. In Zotero: File, Export Library, then one of these.")
    into = forms.CharField(
        label="Into the collection", max_length=80, required=False, help_text="A name; one that is not there yet is made."
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(f"The file has over {LARGEST_BYTES // 2**20} MB. Export your library in parts.")
        return file


class ImportPage(Page):
    """The form, and what came of a file."""

    template = "collections/pages/importing.html"
    title = "Import a file"
    nav = "evidence"
    form: FileForm
    collections: Sequence[Collection]
    done: TakenOver | None = None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def importing(request: SignedIn) -> HttpResponse:
    """Show the form; take a file over, and say what came of it."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    done = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _taken(request, form)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    page = ImportPage(form=form, collections=collections_of(request.user), done=done)
    return show(request, page, status=400 if form.errors else 200)


def _taken(request: SignedIn, form: FileForm) -> TakenOver:
    file, into = form.cleaned_data["file"], form.cleaned_data["into"]
    kind = form_of(file.read(2048))
    file.seek(0)
    collection = collect(person=request.user, name=into) if into.strip() else None
    return take_over(person=request.user, file=file, form=kind, collection=collection, at=timezone.now())
