"""The books: from a budget line over decree, bill and payment to the insurer's receipt."""
