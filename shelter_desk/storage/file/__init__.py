"""The encrypted file: opening, keys and slots, sealing, journal, backups."""
