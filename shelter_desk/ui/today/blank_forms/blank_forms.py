"""Blank forms for the hours without power, in the order of the screens; each sheet has a reference, so that what is
typed afterwards finds its paper again. No name of the shelter, no name of a resident.
"""

from datetime import date
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.today.blank_forms import blank_case_forms
from shelter_desk.ui.today.blank_forms.blank_sheets import (
    BOX,
    GAP,
    LINE,
    LONG,
    Field,
    boxes,
    reference,
    sheet,
    table,
    yes_no,
)
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats

ADMISSIONS = 3  # sheets for arrivals


def html(day: date, training: bool, sigle: str = "") -> str:
    """Every sheet, one a page.

    day: printed on it, and a part of the references. sigle: at the head of each, where the shelter has one.
    """
    sheets = [sheet(words.text("Arrival"), reference("A", day, n), _arrival()) for n in range(1, ADMISSIONS + 1)]
    sheets.append(table(words.text("Exits, absences, returns, moves"), reference("M", day, 1), _moves()))
    sheets.append(table(words.text("Services and things given"), reference("S", day, 1), _given()))
    sheets += blank_case_forms.sheets(day)
    sheets.append(sheet(words.text("Incident"), reference("I", day, 1), _incident()))
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    mark += printing.signed(sigle)
    broken = '<div style="page-break-before: always"></div>'
    return broken.join(mark + one for one in sheets)


def _arrival() -> list[Field]:
    """The minimum of an admission (field 6.2), then what is asked at the door."""
    return [
        (words.text("Date and hour of arrival"), LINE),
        (words.text("Received by"), LINE),
        (words.text("Entry kind"), boxes("entry_kind")),
        (words.text("Name said by the person (no paper asked)"), LINE),
        (words.text("Sex"), GAP.join((f"{BOX} {words.text('Female')}", f"{BOX} {words.text('Male')}"))),
        (words.text("Born on, or age"), LINE),
        (words.text("Nationality"), LINE),
        (words.text("Languages"), LINE),
        (words.text("Interpreter needed"), yes_no()),
        (words.text("Migration situation"), boxes("migration_situation")),
        (words.text("Situation of the child"), boxes("child_status")),
        (words.text("Accompanies"), LINE),
        (words.text("Sent here by"), boxes("referral_source")),
        (words.text("Room and bed"), LINE),
        (words.text("Urgent needs"), boxes("urgent_need")),
        (words.text("Agrees to stay"), yes_no()),
        (words.text("Agrees that the data are recorded"), yes_no()),
        (words.text("Rules explained"), yes_no()),
    ]


def _moves() -> tuple[str, ...]:
    return (
        words.text("Code"),
        words.text("Exit, absence, return or move"),
        words.text("Day and hour"),
        words.text("Reason"),
        words.text("Destination, or new bed"),
        words.text("Noted by"),
    )


def _given() -> tuple[str, ...]:
    return (
        words.text("Day"),
        words.text("Code"),
        words.text("Service or thing"),
        words.text("Quantity"),
        words.text("Given by"),
    )


def _incident() -> list[Field]:
    return [
        (words.text("Day and hour"), LINE),
        (words.text("What happened"), boxes("incident_type")),
        (words.text("Severity"), boxes("incident_severity")),
        (words.text("Where"), LINE),
        (words.text("Persons, by code"), LINE),
        (words.text("Facts: who, what, where, when; no judgement, codes and no names"), LONG * 2),
        (words.text("Measures taken at once"), LONG),
        (words.text("Who was told"), boxes("notified")),
        (words.text("Reported by"), LINE),
    ]


def paint(html: str) -> printing.Paint:
    """Each is a paper of its own: no number of a sheet among the others."""
    return printing.sheets(html, numbered=False)


def print_forms(parent: QWidget, desk: Desk) -> str:
    """Print them, or save them; what was done, "" when it was given up. Raises DiskFull, ReadOnly."""
    kept = settings.read(desk)
    sheets = paint(html(desk.today(), desk.is_training, kept.sigle))
    title = words.text("Print blank forms")
    told = words.text("Blank forms of {day} are printed.").format(day=formats.day(desk.today()))
    return printing.send(parent, sheets, title, told, words.text("Blank forms are saved."))
