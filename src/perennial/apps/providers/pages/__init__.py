"""Pages of the area `providers`."""
