"""What every step of a proposal checks, and how it is written down."""
