"""What donors ask for, measured in SQL as the rest of a month is."""
