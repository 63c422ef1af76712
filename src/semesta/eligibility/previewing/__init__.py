"""What a policy would decide before anyone approves it, and who would change."""
