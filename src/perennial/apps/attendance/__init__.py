"""The area `attendance`."""
