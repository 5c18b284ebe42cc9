"""Rows of stays, roll calls, exits and requests for a place."""
