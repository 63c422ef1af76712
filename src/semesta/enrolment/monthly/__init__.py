"""What changes each month among those who are registered."""
