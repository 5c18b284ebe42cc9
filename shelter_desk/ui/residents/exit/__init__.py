"""What an exit leaves: follow-ups, belongings."""
