"""What the city paid against what the insurer accepted: each difference is a task."""
