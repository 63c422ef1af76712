"""Commands the pages bring along."""
