"""Admissions, moves, absences, roll calls and exits."""
