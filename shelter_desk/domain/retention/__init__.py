"""How long what is kept stays."""
