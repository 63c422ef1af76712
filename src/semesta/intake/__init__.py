"""Office files to rows, each with its fate."""
