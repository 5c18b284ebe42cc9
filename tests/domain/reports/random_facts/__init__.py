"""Shelters and their facts made at random, to be counted by hand."""
