"""The calendar of the beds: beds × nights, stays as bars."""
