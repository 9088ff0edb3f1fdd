"""Ends the digest by mail without signing in: the address in each mail is the key, and one press in a mail program is enough."""

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from perennial.apps.evidence.queries import person_by_digest_token, wishes_of
from perennial.apps.evidence.services import want_mail
from perennial.ui import Page, Request, show


class LeavePage(Page):
    """Whether the digest comes by mail now."""

    template = "evidence/pages/leave.html"
    title = "Digest by e-mail"
    by_mail: bool
    done: bool


@csrf_exempt  # a mail program brings no form token; the signed address is what shows that the mail's reader asks
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, token: str) -> HttpResponse:
    """Show how it is; end the mails, or have them again."""
    person = person_by_digest_token(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        want_mail(person=person, by_mail=request.POST.get("mail") == "on")
    page = LeavePage(by_mail=wishes_of([person.pk])[person.pk], done=request.method == "POST")
    response = show(request, page)
    response["Cache-Control"], response["Referrer-Policy"] = "no-store", "no-referrer"
    return response
