"""The product: one Django app for each area."""
