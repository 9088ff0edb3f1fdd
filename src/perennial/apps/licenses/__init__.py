"""Licenses, their renewal periods and the duties done for them."""
