"""What a shift leaves to the next."""
