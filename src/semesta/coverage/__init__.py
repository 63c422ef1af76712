"""Measures with numerator, denominator, source, date."""
