"""What the insurer's answer files brought."""
