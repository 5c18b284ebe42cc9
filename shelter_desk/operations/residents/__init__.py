"""Persons: the record, names on demand, contacts, documents, retention."""
