"""What other programs see of the area `evidence`."""
