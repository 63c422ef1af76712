"""Policy times facts to decisions."""
