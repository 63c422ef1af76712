"""Employers."""
