"""Trial databases, and pooled effects out of them."""
