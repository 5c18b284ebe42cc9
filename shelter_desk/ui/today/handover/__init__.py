"""The handover of the shift."""
