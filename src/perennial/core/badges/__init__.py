"""Open Badges 3.0: keys, proofs, tokens and status lists. Knows no site, no clock, no network."""
