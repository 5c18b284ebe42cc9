"""The catalogue and the log of services."""
