"""The API under /api/v1: one router for each area, a token or a session, a no answered as 409."""

import json
import re
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.parser import Parser

from perennial.apps.accounts.endpoints import SessionAuth, TokenAuth
from perennial.core.values import Refusal

ROUTERS = (
    ("portal", ""),
    ("plans", "/plans"),
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

NOTHING = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # as JSON writes the character that ends a text in a table


class Unwritable(ValueError):
    """A body that is JSON, and holds a text that no table can."""


class Writable(Parser):
    """Takes bodies whose every text can be kept by every database; any other is answered with 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What the body holds. Raises Unwritable for halves of characters, and for the character 0."""
        data = super().parse_body(request)
        text = json.dumps(data, ensure_ascii=False)
        if NOTHING.search(text) or any("\ud800" <= character <= "\udfff" for character in text):
            raise Unwritable("A text in the body holds a character that cannot be kept. Type it anew and send it again.")
        return data


api = NinjaAPI(
    title="Perennial",
    version="1",
    description="What the pages do, for programs: the same services behind the same access functions.",
    docs_url=None,
    parser=Writable(),
    auth=[TokenAuth(), SessionAuth()],
)
for _area, _prefix in ROUTERS:
    api.add_router(_prefix, import_module(f"perennial.apps.{_area}.endpoints").router, tags=[_area])


@api.exception_handler(HttpError)
def fault(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer with the sentence of a body that could not be taken, where there is one."""
    says = str(error.__cause__ if isinstance(error.__cause__, Unwritable) else error)
    return api.create_response(request, {"detail": says}, status=error.status_code)


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a no to a person with 409 and its sentence."""
    return api.create_response(request, {"detail": str(refusal)}, status=409)
