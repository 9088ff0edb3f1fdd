"""Pages of the area `works`."""
