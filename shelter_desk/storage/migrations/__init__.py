"""Alembic's steps from one version of the file to the next."""
