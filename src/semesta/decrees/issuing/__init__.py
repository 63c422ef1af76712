"""Freezing a list: the moment at which names become a decree."""
