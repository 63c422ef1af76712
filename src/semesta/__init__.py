"""Semesta: every worker of a city under employment social security, and kept there."""

__version__ = "0.1.0"
