"""What happened while the program did not run, typed line by line."""
