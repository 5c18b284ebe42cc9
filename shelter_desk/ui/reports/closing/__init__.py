"""Closing a month, step by step, and what is asked before it is opened again or replaced."""
