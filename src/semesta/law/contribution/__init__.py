"""What is owed for being protected: members, employers, construction, migrants."""
