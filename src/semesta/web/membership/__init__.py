"""The month's work on membership: files, answers, tasks, changes, what comes."""
