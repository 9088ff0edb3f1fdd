"""The product's knowledge as plain functions over values: no Django, no clock, no network."""
