"""The API under /api/v1: one router for each area, a token or a session, a no answered as 409."""

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from perennial.apps.accounts.endpoints import TokenAuth
from perennial.core.values import Refusal

ROUTERS = (
    ("courses", "/courses"),
    ("standing", "/standing"),
    ("certificates", "/certificates"),
    ("assessments", "/assessments"),
    ("credits", "/record"),
    ("licenses", "/licenses"),
    ("providers", "/providers"),
    ("practices", "/practices"),
    ("notices", "/notices"),
    ("accounts", "/account"),
)

api = NinjaAPI(
    title="Perennial",
    version="1",
    description="What the pages do, for programs: the same services behind the same access functions.",
    docs_url=None,
    auth=[TokenAuth(), django_auth],
)
for _area, _prefix in ROUTERS:
    api.add_router(_prefix, import_module(f"perennial.apps.{_area}.endpoints").router, tags=[_area])


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a no to a person with 409 and its sentence."""
    return api.create_response(request, {"detail": str(refusal)}, status=409)
