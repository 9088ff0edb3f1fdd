"""Pages of the area `portal`."""
