"""Published works that courses cite: their facts, and whether they were retracted."""
