"""Addresses of the area `standing`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.standing.pages import packet
from perennial.apps.standing.pages.audit import audit
from perennial.apps.standing.pages.calendar import calendar

app_name = "standing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/audit/", audit, name="audit"),
    path("<int:pk>/packet/", packet.make, name="packet"),
    path("packets/<int:pk>/", packet.order, name="packet_order"),
    path("packets/<int:pk>/audit-packet.pdf", packet.packet_file, {"kind": "pdf"}, name="packet_pdf"),
    path("packets/<int:pk>/audit-packet.zip", packet.packet_file, {"kind": "zip"}, name="packet_zip"),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
]
