"""A report as a shelter made it in Excel before: a sheet a month, a table by sex and age, single numbers below."""

from pathlib import Path

import xlsxwriter

MONTHS = ("Octobre", "Novembre", "Décembre")


def make(path: Path, entries: int = 8, exits: int = 6, sheets: tuple[str, ...] = MONTHS) -> Path:
    """Each sheet the same. entries, exits: the totals of these rows."""
    book = xlsxwriter.Workbook(str(path))
    percent = book.add_format({"num_format": "0.0%"})
    for name in sheets:
        sheet = book.add_worksheet(name)
        sheet.write("A1", f"Rapport mensuel, {name}")
        sheet.write_row("A3", ["", "Femmes", "Hommes", "Total"])
        sheet.write_row("A4", ["Admissions", 3, 2, entries])
        sheet.write_row("A5", ["Départs", 2, 2, exits])
        sheet.write("A7", "Taux d'occupation")
        sheet.write("B7", 0.563, percent)
        sheet.write("A8", "Nuitées")
        sheet.write("B8", "203 nuits")
        sheet.write("A9", "Observations")
        sheet.write("B9", "néant")
    book.close()
    return path
