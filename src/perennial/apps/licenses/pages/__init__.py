"""Pages of the area `licenses`."""
