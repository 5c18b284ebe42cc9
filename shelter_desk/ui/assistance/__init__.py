"""Assistance: the sheet of a day, activities held for many, meals."""
