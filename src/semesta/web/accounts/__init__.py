"""Signing in, and the users an admin looks after."""
