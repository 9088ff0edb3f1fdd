"""The forms in which works come as files, by name, and the reader of each."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO

from perennial.core.literature.bibtex import read_bibtex
from perennial.core.literature.csl import read_csl
from perennial.core.literature.europe_pmc import read_europe_pmc
from perennial.core.literature.openalex import read_openalex
from perennial.core.literature.pubmed_file import Deleted, read_pubmed
from perennial.core.literature.record import Record
from perennial.core.literature.ris import read_ris
from perennial.core.values import Problem

Reader = Callable[[IO[bytes]], Iterator[Record | Deleted | Problem]]
READERS: Mapping[str, Reader] = {
    "pubmed": read_pubmed,
    "europepmc": read_europe_pmc,
    "openalex": read_openalex,
    "ris": read_ris,
    "bibtex": read_bibtex,
    "csl": read_csl,
}
