"""Users, roles, area scope."""
