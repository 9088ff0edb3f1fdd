"""The area `collections`: a person's own library of works."""
