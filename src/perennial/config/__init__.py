"""Wiring: settings from the environment, addresses, the API, the server's door."""
