"""The tenure guard: how long everyone's protection holds and what its end would cost."""
