"""The accounts of the people at the desk."""
