"""Weights learned from what people have decided, and which weights a city uses."""
