"""What is known of the rules: how well each is known, how our reading came about, and the mistakes that people report."""
