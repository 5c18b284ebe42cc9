"""The forms and tabs of a case file: assessments, plans, minors, returns."""
