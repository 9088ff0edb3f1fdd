"""The area `clubs`."""
