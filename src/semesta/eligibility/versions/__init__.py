"""A policy's life: files, drafts, proposals, approvals, and which text is in force."""
