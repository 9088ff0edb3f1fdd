"""Measures what people wait for."""
