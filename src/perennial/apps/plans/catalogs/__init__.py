"""Reads a whole catalog of outside courses, as JSON or as a table in CSV: good rows are taken, others refused with the reason."""

from perennial.apps.plans.catalogs.file import MOST_BYTES, MOST_ROWS, CatalogRead, read_catalog

__all__ = ["MOST_BYTES", "MOST_ROWS", "CatalogRead", "read_catalog"]
