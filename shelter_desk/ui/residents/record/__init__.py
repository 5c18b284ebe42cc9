"""The record of a resident: its head and its tabs."""
