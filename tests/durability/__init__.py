"""What must survive a killed server."""
