"""Plan, decree, upload files, answers."""
