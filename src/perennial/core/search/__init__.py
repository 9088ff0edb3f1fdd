"""Search of works: an index in a folder, words with their synonyms, ranked by relevance and strength of evidence, with reasons."""

from perennial.core.search.asked import Asked, Group, Order, read_asked
from perennial.core.search.entry import Entry, weight_of
from perennial.core.search.index import Answer, Busy, Hit, SearchIndex
from perennial.core.search.reasons import Reason, reasons_for

__all__ = ["Answer", "Asked", "Busy", "Entry", "Group", "Hit", "Order", "Reason", "SearchIndex", "read_asked", "reasons_for", "weight_of"]
