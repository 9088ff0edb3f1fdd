"""Addresses of the area `certificates`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.certificates.pages.certificate import certificate, credential, pdf, token
from perennial.apps.certificates.pages.issued import issued
from perennial.apps.certificates.pages.public import issuer, status
from perennial.apps.certificates.pages.revoke import correct, revoke
from perennial.apps.certificates.pages.verify import verify

app_name = "certificates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("credentials/issuer.json", issuer, name="issuer"),
    path("credentials/status/<int:number>", status, name="status"),
    path("certificates/issued/", issued, name="issued"),
    path("certificates/issued/<str:number>/", revoke, name="revoke"),
    path("certificates/issued/<str:number>/correct/", correct, name="correct"),
    path("certificates/<str:number>.json", credential, name="credential"),
    path("certificates/<str:number>.jwt", token, name="token"),
    path("certificates/<str:number>.pdf", pdf, name="pdf"),
    path("certificates/<str:number>", certificate, name="certificate"),
    path("verify/<str:token>", verify, name="verify"),
]
