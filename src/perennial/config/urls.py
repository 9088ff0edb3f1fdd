"""Every address of the site: one line for each area."""

from django.urls import URLPattern, URLResolver, include, path

from perennial.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("requirements/", include("perennial.apps.requirements.urls")),  # before the portal's pages of a state's rules
    path("", include("perennial.apps.portal.urls")),
    path("desk/", include("perennial.apps.desk.urls")),
    path("plans/", include("perennial.apps.plans.urls")),
    path("trials/", include("perennial.apps.trials.urls")),
    path("my-library/", include("perennial.apps.collections.urls")),
    path("clubs/", include("perennial.apps.clubs.urls")),
    path("evidence/", include("perennial.apps.evidence.urls")),
    path("appraisals/", include("perennial.apps.appraisals.urls")),
    path("courses/", include("perennial.apps.courses.urls")),
    path("standing/", include("perennial.apps.standing.urls")),
    path("", include("perennial.apps.certificates.urls")),  # certificates/… and the public verify/<token>
    path("assessments/", include("perennial.apps.assessments.urls")),
    path("record/", include("perennial.apps.credits.urls")),
    path("licenses/", include("perennial.apps.licenses.urls")),
    path("providers/", include("perennial.apps.providers.urls")),
    path("resources/", include("perennial.apps.resources.urls")),
    path("works/", include("perennial.apps.works.urls")),
    path("practices/", include("perennial.apps.practices.urls")),
    path("notices/", include("perennial.apps.notices.urls")),
    path("account/", include("perennial.apps.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("perennial.ui.urls")),
    path("api/v1/", api.urls),
]

handler400 = "perennial.ui.errors.bad_request"
handler403 = "perennial.ui.errors.forbidden"
handler404 = "perennial.ui.errors.not_found"
handler500 = "perennial.ui.errors.server_error"
