"""A person's whole path, in a browser, on a server of its own."""
