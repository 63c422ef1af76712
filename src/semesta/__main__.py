"""`python -m semesta` is the same as the `semesta` command."""

from semesta.cli.main import main

main()
