"""Paid person-months."""
