"""What a device needs to keep a course: the addresses of its pages, for the script that fetches them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from perennial.apps.courses.access import enrolment_of
from perennial.apps.courses.queries import progress_of
from perennial.ui import SignedIn


@login_required
@require_safe
def offline(request: SignedIn, slug: str) -> HttpResponse:
    """The pages of the version that one reads, and the paper of an open test. Pictures and films the script finds in the pages."""
    enrolment = enrolment_of(request.user, slug)
    progress = progress_of(enrolment.course, enrolment)
    pages = [reverse("courses:course", args=[slug]), *(reverse("courses:section", args=[slug, part.stem]) for part in progress.parts)]
    testing = enrolment.completed_at is None and (progress.open or not progress.unread)
    pages += [reverse("courses:test", args=[slug])] if testing else []
    pages.append(reverse("courses:notes", args=[slug]))
    course = enrolment.course
    return JsonResponse({"slug": slug, "title": course.title, "version": course.version, "digest": course.digest, "pages": pages})
