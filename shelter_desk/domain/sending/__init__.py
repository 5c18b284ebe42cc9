"""What leaves the house: to whom, at which level, for what."""
