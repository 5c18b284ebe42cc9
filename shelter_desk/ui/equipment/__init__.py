"""Equipment: the register, receptions, counts, maintenance, donors."""
