"""Pages of the area `resources`."""
