"""Pages of the area `collections`."""
