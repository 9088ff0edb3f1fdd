"""What writes an index may find it taken."""


class Busy(RuntimeError):
    """Another process writes the index now."""
