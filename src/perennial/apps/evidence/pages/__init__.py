"""Pages of the area `clubs`."""
