"""The settings page: shelter, rooms and beds, security, display."""
