"""The end of a round: what it says goes to the registry as a delivery."""
