"""Rooms, beds and who may sleep where."""
