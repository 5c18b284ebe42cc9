"""The admission of a whole family on one page."""
