"""Published works as values: what a service or a file of others tells of them, and whether they were retracted."""

from perennial.core.literature.crossref import read_message
from perennial.core.literature.retractions import COLUMNS, read_retractions
from perennial.core.literature.work import Nature, Standing, Told, WorkFacts, bare_doi, plain_doi, standing_of

__all__ = ["COLUMNS", "Nature", "Standing", "Told", "WorkFacts", "bare_doi", "plain_doi", "read_message", "read_retractions", "standing_of"]
