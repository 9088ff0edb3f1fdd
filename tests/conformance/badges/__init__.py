"""Credentials of ours, before verifiers that others wrote."""
