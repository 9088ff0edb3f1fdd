"""Pages of the area `desk`."""
