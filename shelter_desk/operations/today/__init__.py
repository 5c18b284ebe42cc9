"""Tonight in numbers and the tasks of the day."""
