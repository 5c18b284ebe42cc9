"""Residents typed into a grid, as into a sheet of Excel."""
