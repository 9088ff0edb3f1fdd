"""Certificates with frozen facts: issue, verify, revoke."""
