"""Shelter Desk: beds, residents, equipment and assistance of one shelter, in one encrypted file."""

__version__ = "0.2.0"
