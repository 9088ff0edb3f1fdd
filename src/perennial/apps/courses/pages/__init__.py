"""Pages of the area `courses`."""
