"""Workbooks in and out; nothing of a workbook library leaves this floor."""
