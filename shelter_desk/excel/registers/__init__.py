"""The registers workbook and the lists to fill in."""
