"""Pages of verification in the field."""
