"""Bringing people, ledger and figures up to what has come in."""
