"""One question of the gym: a made-up study, five answers, then the key and why."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.appraisals.library import example_of, examples, forms
from perennial.apps.appraisals.models import GymTry
from perennial.apps.appraisals.queries import tries_of
from perennial.apps.appraisals.services import practice
from perennial.apps.appraisals.showing import Option, options_of
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


class QuestionPage(Page):
    """A question to answer; with `given` the answer, and what the key says of it."""

    template = "appraisals/pages/question.html"
    title = "Practice"
    nav = "evidence"
    example: core.Example
    form: core.Form
    item: core.Item
    key: core.Key
    options: Sequence[Option]
    because: str
    design: str
    given: GymTry | None
    key_words: str
    also_words: str
    toward: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedIn) -> HttpResponse:
    """Ask the next question, or show what the key says of an answer."""
    design = request.GET.get("design", "")
    if request.method == "POST":
        example = example_of(request.POST.get("example", ""))
        key = example.key(request.POST.get("item", "")) if example else None
        if example is None or key is None:
            raise Http404("no such question")
        given = practice(person=request.user, example=example, item=key.item, said=request.POST.get("said", ""), at=timezone.now())
        return show(request, page_of(core.Next(example, key, ""), design, given))
    found = core.next_question(examples(), tries_of(request.user), timezone.now(), design)
    if found is None:
        raise Http404("no example of this design")
    return show(request, page_of(found, design, None))


def page_of(found: core.Next, design: str, given: GymTry | None) -> QuestionPage:
    """The page of a question."""
    form = forms()[found.example.design]
    item = form.item(found.key.item)
    if item is None:
        raise LookupError(found.key.item)
    return QuestionPage(
        example=found.example,
        form=form,
        item=item,
        key=found.key,
        options=options_of(item, given.said if given else ""),
        because=found.because,
        design=design,
        given=given,
        key_words=core.Answer(found.key.answer).words,
        also_words=" or ".join(core.Answer(one).words.lower() for one in found.key.also),
        toward=form.toward_words(item),
    )
