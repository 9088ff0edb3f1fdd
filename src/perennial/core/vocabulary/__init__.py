"""The words of the field's map: what each practice is called, and which practices a text or a MeSH heading names."""

from perennial.core.vocabulary.folding import folded
from perennial.core.vocabulary.read import read
from perennial.core.vocabulary.tagging import Tag, tag
from perennial.core.vocabulary.term import Entry, Kind, Reference, Term
from perennial.core.vocabulary.vocabulary import Found, Vocabulary, expand, find

__all__ = ["Entry", "Found", "Kind", "Reference", "Tag", "Term", "Vocabulary", "expand", "find", "folded", "read", "tag"]
