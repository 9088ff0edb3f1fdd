"""Pages of the area `assessments`."""
