"""The tasks of the day: what each says, and which were put off."""
