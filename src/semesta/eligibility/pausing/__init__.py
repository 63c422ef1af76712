"""Pauses: a person whose decision stands still while something is being cleared."""
