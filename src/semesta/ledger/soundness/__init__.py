"""Whether the ledger holds: chain, grounds, overlaps and books, checked anew."""
