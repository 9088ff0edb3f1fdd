"""People, sign-in, passkeys, access tokens, theme."""
