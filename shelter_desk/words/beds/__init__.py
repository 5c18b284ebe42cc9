"""Texts of beds: rules of rooms, beds held, since when there are beds."""
