"""The sums that payers set aside for a year's contributions."""
