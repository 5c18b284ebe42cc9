"""Files from outside, read in a guarded process and understood."""
