"""Files for people."""
