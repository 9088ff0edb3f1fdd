"""Sizes and borders of the house."""
