"""The evening roll call."""
