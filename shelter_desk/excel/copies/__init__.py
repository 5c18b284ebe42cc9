"""A copy of a file with what was refused marked in it."""
