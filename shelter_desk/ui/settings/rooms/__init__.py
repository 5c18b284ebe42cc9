"""Rooms, beds and since when they are there."""
