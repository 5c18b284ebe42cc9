"""The encrypted file and its keys; nothing of SQLAlchemy leaves this floor."""
