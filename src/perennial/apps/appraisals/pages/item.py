"""One question of an appraisal: what to look for and why, five answers, and the words beside the answer."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from perennial.apps.appraisals.access import appraisal_of
from perennial.apps.appraisals.queries import Answer, Appraisal, answers_of, form_in, standing_of
from perennial.apps.appraisals.services import Words, save_answer
from perennial.apps.appraisals.showing import Group, Option, groups_of, named, options_of
from perennial.apps.works.queries import Marked
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


class ItemPage(Page):
    """What the page of a question shows."""

    template = "appraisals/pages/item.html"
    nav = "evidence"
    appraisal: Appraisal
    work_title: str
    form: core.Form
    marked: Marked | None
    item: core.Item
    place: int
    options: Sequence[Option]
    answer: Answer | None
    groups: Sequence[Group]
    answered: int
    before: str
    after: str
    toward: str
    domain: str


@login_required
@require_safe
def next_item(request: SignedIn, pk: int) -> HttpResponse:
    """Go to the first question without an answer; to the summary where there is none."""
    found = appraisal_of(request.user, pk)
    answers = answers_of(found)
    missing = [one.id for one in form_in(found.form).items if one.id not in answers]
    return redirect("appraisals:item", pk, missing[0]) if missing else redirect("appraisals:appraisal", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedIn, pk: int, item: str) -> HttpResponse:
    """Show a question; a post saves the answer, and by button goes on."""
    found = appraisal_of(request.user, pk)
    if form_in(found.form).item(item) is None:
        raise Http404("no such question")
    if request.method == "POST":
        words = Words(*(request.POST.get(field, "") for field in ("page", "quote", "note")))
        save_answer(appraisal=found, item=item, said=request.POST.get("said", ""), words=words, at=timezone.now())
    page = page_of(found, item)
    if request.method == "POST" and request.headers.get("HX-Request") != "true":
        return redirect("appraisals:item", pk, page.after) if page.after else redirect("appraisals:appraisal", pk)
    return show(request, page, part="progress")


def page_of(found: Appraisal, name: str) -> ItemPage:
    """The page of a question that the form has; three queries."""
    form, answers = form_in(found.form), answers_of(found)
    place = [one.id for one in form.items].index(name)
    one, answer = form.items[place], answers.get(name)
    return ItemPage(
        title=f"{place + 1}. {one.question}",
        appraisal=found,
        work_title=named(found),
        form=form,
        marked=standing_of(found.work),
        item=one,
        place=place + 1,
        options=options_of(one, answer.said if answer else ""),
        answer=answer,
        groups=groups_of(form, answers),
        answered=len(answers),
        before=form.items[place - 1].id if place else "",
        after=form.items[place + 1].id if place + 1 < len(form.items) else "",
        toward=form.toward_words(one),
        domain=next(group.title for group in form.domains if group.id == one.domain),
    )
