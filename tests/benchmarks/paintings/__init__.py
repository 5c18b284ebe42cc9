"""The paintings that pages are measured against."""
