"""What a worker pays and what a family receives, asked in words of daily life."""
