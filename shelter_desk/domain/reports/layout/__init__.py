"""Which figure stands where in the tables that are shown."""
