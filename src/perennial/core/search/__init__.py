"""Search of works: an index in a folder, words with their synonyms, ranked by relevance and strength of evidence, with reasons.

What a text means (`Encoder`, `Meanings`) is an extra: where its model is not installed, words alone find.
"""

from perennial.core.search.asked import Asked, Group, Order, read_asked
from perennial.core.search.busy import Busy
from perennial.core.search.entry import Entry, weight_of
from perennial.core.search.index import Answer, Hit, SearchIndex
from perennial.core.search.meanings import Meanings
from perennial.core.search.reasons import Reason, reasons_for
from perennial.core.search.sense import Encoder, Numbers, model_folder

__all__ = [
    "Answer",
    "Asked",
    "Busy",
    "Encoder",
    "Entry",
    "Group",
    "Hit",
    "Meanings",
    "Numbers",
    "Order",
    "Reason",
    "SearchIndex",
    "model_folder",
    "read_asked",
    "reasons_for",
    "weight_of",
]
