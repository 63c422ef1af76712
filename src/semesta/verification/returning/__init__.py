"""Answers that come back as deliveries: paper forms typed off, and field forms."""
