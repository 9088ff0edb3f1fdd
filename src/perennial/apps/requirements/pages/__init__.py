"""Pages of the area `requirements`."""
