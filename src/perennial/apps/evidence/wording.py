"""What a notice about a work says, in one or two sentences."""

from perennial.apps.works.queries import WorkNotice
from perennial.core.values.words import day_in_words

SAYS = {
    "retraction": "was retracted",
    "concern": "was put in doubt by its publisher",
    "correction": "was corrected",
    "reinstatement": "stands again",
}
HEADS = {"retraction": "Retracted", "concern": "In doubt", "correction": "Corrected", "reinstatement": "Reinstated"}


def happened(notice: WorkNotice, name: str) -> str:
    """What happened to the work of this name, when, why and by whose word."""
    on = f" on {day_in_words(notice.on)}" if notice.on else ""
    reason = f" Reasons given: {notice.reason.rstrip('.')}." if notice.reason else ""
    return f"“{name}” {SAYS[notice.nature]}{on}.{reason} Source: {notice.source}."
