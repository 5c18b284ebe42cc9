"""Lists and tables, and the one line shown beside them."""
