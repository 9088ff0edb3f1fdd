"""Licenses judged against their rules: verdicts, proof lines, what is missing."""
