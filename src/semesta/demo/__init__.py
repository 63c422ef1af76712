"""An invented city at real size: people, office files, known truth."""
