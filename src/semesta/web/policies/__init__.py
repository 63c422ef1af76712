"""Policies as people read, write, try, and approve them."""
