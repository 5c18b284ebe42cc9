"""The registers, read for an export."""
