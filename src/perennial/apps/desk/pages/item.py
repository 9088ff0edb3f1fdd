"""One question of a published course: how its options were used, and the correction of its key with what that would change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from perennial.apps.assessments.queries import Correction, Question, QuestionInBank, analysis_of, corrections_of
from perennial.apps.assessments.services import Preview, preview
from perennial.apps.courses.queries import latest_version
from perennial.apps.desk.access import draft_of
from perennial.apps.desk.correcting import correct
from perennial.apps.desk.queries import Draft
from perennial.core.scoring import CHOSEN, EVERYONE
from perennial.core.scoring.analysis import FEWEST, ItemAnalysis
from perennial.core.values import Refusal
from perennial.core.values.numbers import is_short
from perennial.ui import Page, SignedIn, show


@dataclass(slots=True)
class KeyForm:
    """What the form says: the key, why, what it would do once looked at, and what is wrong with it."""

    key: Mapping[str, Any]
    reason: str = ""
    words: str = ""
    preview: Preview | None = None
    fault: str = ""

    @property
    def looked(self) -> str:
        """The key as the form carries it, so that what is entered is what was looked at."""
        return json.dumps(self.key, sort_keys=True)


class ItemPage(Page):
    """One question: how each option was used, what was corrected, and the form to correct it."""

    template = "desk/pages/item.html"
    nav = "desk"
    draft: Draft
    question: Question
    one: ItemAnalysis
    corrections: Sequence[Correction]
    form: KeyForm
    fewest: int = FEWEST

    @property
    def options(self) -> list[tuple[str, str, bool, bool, Any]]:
        """Each option: its place as the form sends it, its text, whether it is right now, whether the form marks it, and its use."""
        marked = self.form.key.get("places", ())
        rows = zip(self.question.item.options, self.one.options, strict=True)
        return [(str(use.place), option.text, option.correct, use.place in marked, use) for option, use in rows]


@login_required
def item(request: SignedIn, provider: str, draft: str, name: str) -> HttpResponse:
    """Show one question; look at a correction of its key, and enter it once it was looked at."""
    found = draft_of(request.user, provider, draft)
    kept, question, one = _one(found, name)
    form = KeyForm({"places": [place for place, option in enumerate(question.item.options) if option.correct]})
    if request.method == "POST" and _sent(request, form, kept, question):
        messages.success(request, "The key is corrected. Attempts are scored again in the background; whoever passes by it is told.")
        return redirect("desk:item", provider, draft, name)
    page = ItemPage(
        title=f"Question {name}",
        draft=found,
        question=question,
        one=one,
        corrections=corrections_of(kept.bank, name),
        form=form,
    )
    return show(request, page)


def _sent(request: SignedIn, form: KeyForm, kept: QuestionInBank, question: Question) -> bool:
    """Fill the form with what was sent and what it would do; whether it was confirmed after a look, and entered."""
    form.reason = request.POST.get("reason", "").strip()
    try:
        form.key = key_in(request.POST, question)
        if "confirm" in request.POST and request.POST.get("looked") == form.looked:
            correct(item=kept, key=form.key, reason=form.reason, by=request.user, at=timezone.now())
            return True
        form.words, form.preview = key_in_words(question, form.key), preview(item=kept, key=form.key)
    except Refusal as refusal:
        form.fault = str(refusal)
    return False


def key_in(sent: QueryDict, question: Question) -> dict[str, Any]:
    """The key that the form names. Refused where it names none for this kind of question."""
    if sent.get("everyone"):
        return dict(EVERYONE)
    if question.kind in CHOSEN:
        places = sorted({int(place) for place in sent.getlist("places") if place.isascii() and place.isdecimal() and len(place) < 5})
        if not places or places[-1] >= len(question.item.options) or (len(places) > 1 and not question.several):
            raise Refusal("Mark the right option, or give everyone the question." if not question.several else "Mark every right option.")
        return {"places": places}
    if question.kind == "numeric":
        return {"value": _number(sent, "value"), "tolerance": _number(sent, "tolerance").lstrip("-")}
    raise Refusal("The key of such a question stands in the question itself. Give everyone the question, and publish a new one.")


def key_in_words(question: Question, key: Mapping[str, Any]) -> str:
    """The key as a person reads it."""
    if key.get("everyone"):
        return "everyone is given the question"
    if "places" in key:
        return ", ".join(f"“{question.item.options[place].text}”" for place in key["places"])
    return f"{key['value']} {question.unit}, give or take {key['tolerance']}"


def _number(sent: QueryDict, name: str) -> str:
    try:
        value = Decimal(sent.get(name, "").strip().replace(",", ".") or "0")
    except InvalidOperation:
        value = Decimal("NaN")
    if not is_short(value) or abs(value) > Decimal(10) ** 12:
        raise Refusal(f"Write the {name} as a number, such as 2.5.")
    return format(value, "f")


def _one(draft: Draft, name: str) -> tuple[QuestionInBank, Question, ItemAnalysis]:
    """The question of this id in the version published last; else 404."""
    course = latest_version(draft.slug, draft.provider.slug)
    for row in analysis_of(course.bank).items if course else ():
        if row[1].item_id == name:
            return row
    raise Http404("no such question")
