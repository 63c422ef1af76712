"""What a member or the family receives, by the day of the event."""
