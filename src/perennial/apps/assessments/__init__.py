"""Item banks, attempts, answers and evaluations."""
