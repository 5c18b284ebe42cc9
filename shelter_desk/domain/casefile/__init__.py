"""The case file: screening, assessments, plans, minors, returns, incidents."""
