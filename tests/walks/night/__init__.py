"""What is walked through at night and when it is handed over."""
