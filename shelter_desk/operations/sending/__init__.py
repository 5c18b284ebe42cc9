"""What leaves the house: the directory of recipients, what is kept of each sending."""
