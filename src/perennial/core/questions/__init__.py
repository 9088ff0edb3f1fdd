"""Questions in the formats of others: read them into items with a report on each, write items back."""

from perennial.core.questions.read import FORMATS, format_of, read_questions
from perennial.core.questions.taken import Entry, Link, Page, Report, Taken
from perennial.core.questions.write import WRITTEN, Written, write_questions

__all__ = [
    "FORMATS",
    "WRITTEN",
    "Entry",
    "Link",
    "Page",
    "Report",
    "Taken",
    "Written",
    "format_of",
    "read_questions",
    "write_questions",
]
