"""Figures of a pooled effect: each as SVG for the page, as a file of its own, as PNG, and as the rows of a table."""
