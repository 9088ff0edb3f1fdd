"""Addresses of the area `certificates`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.certificates.pages.certificate import certificate, pdf
from perennial.apps.certificates.pages.verify import verify

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("certificates/<str:number>.pdf", pdf, name="pdf"),
    path("certificates/<str:number>", certificate, name="certificate"),
    path("verify/<str:token>", verify, name="verify"),
]
