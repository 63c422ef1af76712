"""What has been decided or paid on the strength of a delivery's rows."""
