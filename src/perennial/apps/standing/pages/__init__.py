"""Pages of the area `standing`."""
