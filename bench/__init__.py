"""Speed, measured: `make bench` runs every benchmark and commits what it found."""
