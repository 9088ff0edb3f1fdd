"""What other programs see of the area `accounts`: tokens as keys, and who one is."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, security
from ninja.errors import HttpError

from perennial.apps.accounts.queries import Person, token_by_secret
from perennial.apps.accounts.services import note_use

router = Router()


class TokenAuth(security.HttpBearer):
    """`Authorization: Bearer …` makes the request its owner's."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """The token's owner, or no one."""
        found = token_by_secret(token)
        if found is None:
            return None
        note_use(token=found, day=timezone.now().date())
        request.user = found.person
        return found.person


class SessionAuth(security.SessionAuth):
    """The cookie of someone who is signed in; what changes something carries the form's token as well."""

    def _get_key(self, request: HttpRequest) -> str | None:
        if self.param_name not in request.COOKIES:
            return None  # not signed in: 401, whatever the form's token
        try:
            return super()._get_key(request)
        except HttpError:
            raise HttpError(
                403, "This page had been open for a while. Load it again, then send this once more. Nothing was changed."
            ) from None


class Me(Schema):
    """Who a token or session belongs to."""

    email: str
    name: str


@router.get("/me", response=Me, summary="Who I am")
def me(request: HttpRequest) -> object:
    """The owner of the token or session."""
    return request.user
