"""Pages of the area `credits`."""
