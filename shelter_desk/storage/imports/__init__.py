"""Rows that an import brings, remembers and takes back."""
