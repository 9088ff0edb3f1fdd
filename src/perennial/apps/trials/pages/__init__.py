"""Pages of the area `trials`."""
