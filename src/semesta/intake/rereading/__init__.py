"""A list that was read with a wrong map of columns: what another would change, and doing it."""
