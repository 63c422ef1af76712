"""Persons, households, employers."""
