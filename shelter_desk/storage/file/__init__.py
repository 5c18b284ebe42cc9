"""The encrypted file: opened, sealed, written in transactions, its journal and settings."""
