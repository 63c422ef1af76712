"""Pages of plans: budgets, ways to spend them, and whom a plan protects."""
