"""What the field says of those a plan names."""
