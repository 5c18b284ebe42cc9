"""Names of figures, tables and categories."""
