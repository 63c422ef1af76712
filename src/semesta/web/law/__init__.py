"""The law as everyone can read it: figures, instruments, open questions, words."""
