"""A past judgement computed again: the same, or what became different and why."""
