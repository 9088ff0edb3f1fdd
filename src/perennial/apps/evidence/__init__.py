"""The evidence: search, digest, and word of what was retracted."""
