"""The way back: a list's questions to its sender, and the corrections that return."""
