"""Pages of the area `appraisals`."""
