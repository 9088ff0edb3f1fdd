"""Outside material that the library vouches for: where it is, what it costs, and whether its address answers."""
