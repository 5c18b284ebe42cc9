"""The plan of the house: rooms as cards, beds as tiles, and what can be done with a bed."""
