"""Dated, cited law as data and small pure functions."""
