"""The certificate on paper: facts put into words, and made into a tagged PDF. No Django here."""
