"""The sample people of a local site; a site that others reach has none."""

PASSWORD = "sample-meadow-2026"  # noqa: S105  printed at the start of a local site
PEOPLE = (("dana@example.org", "Dana Sample"), ("robin@example.org", "Robin Sample"))
