"""The page of today: tonight in numbers, what is to be done, and catching up after a cut."""
