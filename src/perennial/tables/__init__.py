"""What our tables need of Django beyond models: queries whose SQL is made once."""

from perennial.tables.prepared import Prepared

__all__ = ["Prepared"]
