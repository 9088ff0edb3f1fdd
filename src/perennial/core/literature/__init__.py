"""Published works as values: what a service or a file of others tells of them, and whether they were retracted."""

from perennial.core.literature.bibtex import read_bibtex, write_bibtex
from perennial.core.literature.crossref import read_message
from perennial.core.literature.csl import read_csl, write_csl
from perennial.core.literature.grading import grade
from perennial.core.literature.level import Graded, Level
from perennial.core.literature.record import Record
from perennial.core.literature.retractions import COLUMNS, read_retractions
from perennial.core.literature.ris import read_ris, write_ris
from perennial.core.literature.work import Nature, Standing, Told, bare_doi, plain_doi, standing_of

__all__ = [
    "COLUMNS",
    "Graded",
    "Level",
    "Nature",
    "Record",
    "Standing",
    "Told",
    "bare_doi",
    "grade",
    "plain_doi",
    "read_bibtex",
    "read_csl",
    "read_message",
    "read_retractions",
    "read_ris",
    "standing_of",
    "write_bibtex",
    "write_csl",
    "write_ris",
]
