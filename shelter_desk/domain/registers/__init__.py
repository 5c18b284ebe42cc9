"""The registers workbook judged: which rows are new, changed, the same, or refused and why."""
