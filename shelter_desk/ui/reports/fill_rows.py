"""The cells of a donor's workbook as they are reviewed, and as they stand after."""

from shelter_desk import words
from shelter_desk.operations.reports import donor_workbooks
from shelter_desk.operations.reports.donor_workbooks import Target
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.lists.table import Column
from shelter_desk.words.donors import how_said, why_not_said
from shelter_desk.words.reports import reports as said


def columns(month: Month) -> list[Column[Target]]:
    """Where, what was there, what will be written, or why nothing will."""

    def figure(one: Target) -> str:
        return donor_workbooks.figure_said(one, month)

    return [
        Column(words.text("Sheet"), lambda one: one.sheet, lambda one: one.sheet),
        Column(words.text("Cell"), lambda one: one.cell, bold=True),
        Column(words.text("There now"), lambda one: one.before, tooltip=lambda one: one.before),
        Column(words.text("Value"), _written, tooltip=_written),
        Column(words.text("Figure"), figure, figure, tooltip=figure),
        Column(words.text("Found by, or why not"), _why, _why, ink=_ink, tooltip=_why),
    ]


def _written(one: Target) -> str:
    """What the cell will say; the mark of a hidden number, and the dash of a rate without one, are empty cells."""
    if not one.is_written:
        return ""
    return one.told if isinstance(one.told, str) else said.value(one.told)


def _why(one: Target) -> str:
    if one.is_hidden:
        return words.text("hidden: the cell stays empty")
    return why_not_said(one.why_not) or how_said(one.how, one.asked)


def _ink(one: Target) -> str | None:
    return "ink2" if one.is_written else "attention"


def counted(targets: tuple[Target, ...]) -> str:
    """How many cells will be written, and how many cannot."""
    written = sum(one.is_written for one in targets)
    will = words.count("{n} cell will be written.", "{n} cells will be written.", written)
    if written == len(targets):
        return will
    cannot = words.count("{n} cell stays as it is.", "{n} cells stay as they are.", len(targets) - written)
    return words.text("{first} {second}").format(first=will, second=cannot)
