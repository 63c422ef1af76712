"""What employers must do, and what follows when they do not."""
