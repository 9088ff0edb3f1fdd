"""What our tables need of Django beyond models: queries whose SQL is made once, and counts that all processes share (`limits`)."""

from perennial.tables.prepared import Prepared

__all__ = ["Prepared"]
