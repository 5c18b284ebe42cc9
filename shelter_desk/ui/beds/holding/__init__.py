"""Beds held for an arrival: the form over a bed or a room, what is held, and the list of all of it."""
