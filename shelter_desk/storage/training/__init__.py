"""The training shelter written into a file."""
