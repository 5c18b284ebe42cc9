"""The exit of a resident as every page asks it."""
