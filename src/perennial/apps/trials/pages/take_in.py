"""Bringing a trial database, and taking one's own out again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.trials.access import own_dataset
from perennial.apps.trials.services import LARGEST_BYTES, Told, close_link, open_link, take_in, take_out
from perennial.core.values import Refusal
from perennial.core.values.words import counted
from perennial.ui import Page, SignedIn, show


class DatasetForm(forms.Form):
    """A file of trials, and what must be said of it."""

    file = forms.FileField(label="File", help_text="CSV as metapsy.org has it, or any with a study, an effect and its standard error.")
    title = forms.CharField(label="Title", max_length=200, help_text="Such as: Psychotherapy for depression against control conditions.")
    credit = forms.CharField(
        label="Whose data they are, and under which license",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands with every figure. For Metapsy: the project, the authors named there, Open Data Commons Attribution License.",
    )
    columns = forms.CharField(
        label="Which column means what",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where names differ from Metapsy's: a line each, such as g = effect, g_se = standard error, study = author.",
    )
    about = forms.CharField(label="What is in it", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    for_all = forms.BooleanField(label="For everybody on this site", required=False, help_text="Else for you, and whoever has your link.")

    def clean_columns(self) -> dict[str, str]:
        """The column of each meaning."""
        found = {}
        for line in self.cleaned_data["columns"].splitlines():
            meaning, sign, column = (part.strip() for part in line.partition("="))
            if line.strip() and not (meaning and sign and column):
                raise forms.ValidationError(f"“{line.strip()[:60]}” names no column. Write a meaning, =, and the column: g = effect.")
            if column:
                found[meaning] = column
        return found

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_BYTES:
            raise forms.ValidationError(f"The file has over {LARGEST_BYTES // 2**20} MB. Take out columns of long text, or split it.")
        return file


class TakeInPage(Page):
    """The form."""

    template = "trials/pages/take_in.html"
    title = "Bring a trial database"
    nav = "evidence"
    form: DatasetForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: SignedIn) -> HttpResponse:
    """Show the form; take the file in."""
    form = DatasetForm(request.POST, request.FILES) if request.method == "POST" else DatasetForm()
    if not request.user.is_staff:
        del form.fields["for_all"]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        owner = None if said.get("for_all") else request.user
        try:
            told = Told(said["title"], said["credit"], said["about"], said["columns"])
            made = take_in(file=said["file"], told=told, owner=owner, at=timezone.now())
            messages.success(
                request, f"{counted(made.rows, 'row')} read. Look whether it was read as it is meant; you can delete it below."
            )
            return redirect("trials:read", made.slug)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return show(request, TakeInPage(form=form), status=400 if form.errors else 200)


@login_required
@require_POST
def change(request: SignedIn, dataset: str) -> HttpResponse:
    """Delete one's own dataset, or open or close its link."""
    found = own_dataset(request.user, dataset)
    wish = request.POST.get("do")
    if wish == "delete":
        take_out(dataset=found)
        messages.success(request, f"{found.title} is deleted, and its file with it.")
        return redirect("trials:datasets")
    if wish == "open":
        address = request.build_absolute_uri(reverse("trials:dataset", args=[dataset]))
        messages.success(request, f"Whoever has this address can see it: {address}?key={open_link(dataset=found)}")
    elif wish == "close":
        close_link(dataset=found)
        messages.success(request, "The link is closed. You alone see it.")
    return redirect("trials:dataset", dataset)
