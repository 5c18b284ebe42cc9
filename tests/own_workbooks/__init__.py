"""Workbooks made as shelters make them, and what must come out of each, cell by cell."""
