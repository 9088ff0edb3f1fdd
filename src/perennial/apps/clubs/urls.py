"""Addresses of the area `clubs`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.clubs.pages import after, club, clubs, hold, hosting, together

app_name = "clubs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", clubs.clubs, name="clubs"),
    path("hold/", hold.new, name="hold"),
    path("by-link/<str:token>/", club.link, name="link"),
    path("<int:pk>/", club.club, name="club"),
    path("<int:pk>/join/", club.joining, name="join"),
    path("<int:pk>/leave/", club.leaving, name="leave"),
    path("<int:pk>/answers/<int:question>/", club.answering, name="answer"),
    path("<int:pk>/say/", club.saying, name="say"),
    path("<int:pk>/said/<int:said>/take-back/", club.taking_back, name="take_back"),
    path("<int:pk>/sign/", club.signing, name="sign"),
    path("<int:pk>/calendar.ics", club.calendar, name="calendar"),
    path("<int:pk>/together/", together.together, name="together"),
    path("<int:pk>/together/begin/", together.bringing, name="bring"),
    path("<int:pk>/together/form/", together.choosing, name="together_form"),
    path("<int:pk>/together/agree/", together.agreeing, name="agree"),
    path("<int:pk>/edit/", hold.edit, name="edit"),
    path("<int:pk>/host/", hosting.hosting, name="hosting"),
    path("<int:pk>/host/call-off/", hosting.calling_off, name="call_off"),
    path("<int:pk>/host/marks/<int:person>/", hosting.marking, name="mark"),
    path("<int:pk>/host/marks/<int:mark>/strike/", hosting.striking, name="strike"),
    path("<int:pk>/after/", after.after, name="after"),
]
