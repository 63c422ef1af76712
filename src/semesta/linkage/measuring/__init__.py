"""How good a linkage is where no truth exists: a sample of its pairs, decided by people."""
