"""Perennial: continuing education for mental-health professionals."""
