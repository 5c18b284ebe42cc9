"""How long what is kept stays, and what is due to go."""
