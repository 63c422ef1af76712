"""A first map of columns for an office nobody knows yet, drafted from a sample."""
