"""Standard rows handed over to other programs."""
