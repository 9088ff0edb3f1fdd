"""Reads a catalog of offers, as JSON or as a table in CSV: good rows are taken, others refused. The one reader of it."""

from perennial.core.planner.catalogs.file import Catalog, Most, read_catalog
from perennial.core.planner.catalogs.row import COLUMNS, REQUIRED, Listed, NamedApproval, RowFault, listed_in

__all__ = ["COLUMNS", "REQUIRED", "Catalog", "Listed", "Most", "NamedApproval", "RowFault", "listed_in", "read_catalog"]
