"""Has the site's keys made at its first start, so that they are in the first backup."""

from collections.abc import Callable

from django.utils import timezone

from perennial.apps.certificates.signing import signer


def load(report: Callable[[str], None]) -> None:
    """Have keys; safe to repeat."""
    signer(timezone.now())  # noqa: TID251  the loader is called from the rim
    report("keys for certificates are there")
