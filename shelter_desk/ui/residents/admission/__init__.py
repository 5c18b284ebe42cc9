"""The admission on one page."""
