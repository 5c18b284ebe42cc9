"""Which figures do not leave the house."""
