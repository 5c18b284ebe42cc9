"""Stays from admission to exit, and their nights."""
