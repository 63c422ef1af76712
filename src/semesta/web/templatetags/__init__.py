"""Filters and components for the templates."""
