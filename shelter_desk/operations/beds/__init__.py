"""Rooms and beds: what is free, who sleeps where."""
