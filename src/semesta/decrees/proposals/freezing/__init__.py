"""Days in which no proposal moves."""
