"""What the eye waits for in the window: pages that open, keys that are typed, a day of work."""
