"""The case file: interviews, assessments, plans, minors, notes, incidents, returns."""
