"""The rules of a shelter in plain Python: nothing here knows a database, a workbook or a window."""
