"""The tenure guard: who is about to lose what, and what it costs to keep."""
