"""The forms that open over a record."""
