"""The month written into a donor's own workbook."""
