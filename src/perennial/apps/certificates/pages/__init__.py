"""Pages of the area `certificates`."""
