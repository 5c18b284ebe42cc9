"""The first run: from an empty folder to an open shelter in five minutes."""
