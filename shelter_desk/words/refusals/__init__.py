"""What is said of each refusal."""
