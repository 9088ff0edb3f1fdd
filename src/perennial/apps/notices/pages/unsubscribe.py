"""Ends or changes reminders by mail without signing in: the address in each mail is the key."""

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from perennial.apps.notices.forms import ChoiceForm
from perennial.apps.notices.queries import choice_of, person_by_unsubscribe
from perennial.apps.notices.services import quiet_mail, save_choice
from perennial.ui import Page, Request, show

ONE_CLICK = "List-Unsubscribe"  # what a mail program sends (RFC 8058)


class UnsubscribePage(Page):
    """The choice of steps for the reader of a mail; `done` says what was kept."""

    template = "notices/pages/unsubscribe.html"
    title = "Reminders by e-mail"
    form: ChoiceForm
    email: str
    token: str
    done: str = ""


@csrf_exempt  # a mail program brings no form token; the signed address is what shows that the mail's reader asks
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """Show the choice; keep it; or, at one press in a mail program, end all mail."""
    person = person_by_unsubscribe(token)
    if person is None:
        raise Http404
    done, status = "", 200
    form = ChoiceForm(choice=choice_of(person))
    if request.method == "POST":
        if ONE_CLICK in request.POST or "none" in request.POST:
            quiet_mail(person=person)
            done = "No further reminders come by e-mail. The site still shows them."
            form = ChoiceForm(choice=choice_of(person))
        else:
            form = ChoiceForm(request.POST, choice=choice_of(person))
            status = 200 if form.is_valid() else 400
        if not done and form.is_valid():
            save_choice(person=person, steps=form.cleaned_data["steps"], by_mail=form.cleaned_data["by_mail"])
            done = "Your choice is kept."
    page = UnsubscribePage(form=form, email=masked(person.email), token=token, done=done)
    response = show(request, page, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def masked(email: str) -> str:
    """An address that its owner knows again, and that tells others little: d…@example.org."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"
