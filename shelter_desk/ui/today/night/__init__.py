"""Aujourd’hui as the guard of the night has it."""
