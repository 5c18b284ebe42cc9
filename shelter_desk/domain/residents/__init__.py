"""Who the residents are, and what is kept of them."""
