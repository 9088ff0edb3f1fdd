"""Choose or paste a file of questions, for a draft or for a new course."""

from collections.abc import Sequence

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.desk.access import desk_of, draft_of
from perennial.apps.desk.queries import Draft, Provider
from perennial.apps.intakes.queries import Intake, intakes_for
from perennial.apps.intakes.services import AT_ONCE, keep_file, read_intake
from perennial.apps.intakes.tasks import read_later
from perennial.core.questions import FORMATS
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class QuestionsForm(forms.Form):
    """A file, or text that was pasted, and how to read it."""

    file = forms.FileField(
        label="File", required=False, help_text="GIFT, Aiken, Moodle XML, QTI 2 or 3, Common Cartridge (.imscc) or CSV; ZIP as it is."
    )
    text = forms.CharField(
        label="Or paste questions", required=False, max_length=2_000_000, widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
    )
    format = forms.ChoiceField(
        label="Format",
        required=False,
        choices=[("", "Tell it by the content"), *FORMATS.items()],
        help_text="Name it where the guess was wrong.",
    )
    reflections = forms.BooleanField(
        label="Take questions answered by typing words as reflections",
        required=False,
        help_text="Those are not scored. Else they are refused.",
    )

    def clean(self) -> None:
        """One of the two is needed, and one alone."""
        super().clean()
        file, text = self.cleaned_data.get("file"), str(self.cleaned_data.get("text") or "").strip()
        if not self.errors and not file and not text:
            self.add_error("file", "Choose a file, or paste questions below.")
        elif file and text:
            self.add_error("text", "Choose a file or paste questions, not both. Empty this field, or leave the file out.")

    def content(self) -> tuple[str, bytes]:
        """The name and the bytes."""
        file = self.cleaned_data["file"]
        return (str(file.name), file.read()) if file else ("Pasted text", self.cleaned_data["text"].encode())


class QuestionsPage(Page):
    """The form, and the files that were brought before."""

    template = "desk/pages/import_questions.html"
    nav = "desk"
    provider: Provider
    draft: Draft | None
    form: QuestionsForm
    intakes: Sequence[Intake]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Bring questions into a draft."""
    found = draft_of(request.user, provider, draft)
    return _answer(request, found.provider, found)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cartridge(request: SignedIn, provider: str) -> HttpResponse:
    """Begin a course with a cartridge or a bank."""
    return _answer(request, desk_of(request.user, provider).provider, None)


def _answer(request: SignedIn, provider: Provider, draft: Draft | None) -> HttpResponse:
    form = QuestionsForm(request.POST, request.FILES) if request.method == "POST" else QuestionsForm()
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("desk:intake", provider.slug, _keep(request, provider, draft, form).pk)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    page = QuestionsPage(
        title="Bring questions" if draft else "Begin with a course of another system",
        provider=provider,
        draft=draft,
        form=form,
        intakes=intakes_for(provider, draft.slug if draft else ""),
    )
    return show(request, page, status=400 if request.method == "POST" else 200)


def _keep(request: SignedIn, provider: Provider, draft: Draft | None, form: QuestionsForm) -> Intake:
    """Keep the file; read it at once where it is small, else let the worker read it."""
    name, data = form.content()
    intake = keep_file(
        provider=provider,
        draft=draft.slug if draft else "",
        person=request.user,
        name=name,
        data=data,
        format=form.cleaned_data["format"],
        short_as_reflection=form.cleaned_data["reflections"],
        at=timezone.now(),
    )
    if len(data) <= AT_ONCE:
        read_intake(intake=intake)
    else:
        read_later.enqueue(intake=intake.pk)
    return intake
