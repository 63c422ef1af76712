"""The files offices send: one module per office."""
