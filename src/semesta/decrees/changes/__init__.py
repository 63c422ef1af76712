"""Changed decrees: who leaves, who comes in, and the list in force."""
