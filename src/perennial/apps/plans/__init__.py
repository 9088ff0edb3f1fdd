"""What to take, by when, at what cost: brings the planner to a person."""
