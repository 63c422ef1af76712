"""Rows to who is who."""
