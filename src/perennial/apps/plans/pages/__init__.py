"""Pages of the area `practices`."""
