"""Append-only trail and runs."""
