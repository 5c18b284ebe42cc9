"""Blank forms for the hours without power, in the order of the screens; each sheet has a reference, so that what is
typed afterwards finds its paper again (N10). No name of the shelter, no name of a resident.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.widgets import printed
from shelter_desk.words import shown

ADMISSIONS, LINES = 3, 18  # sheets for arrivals; lines of a list
_BOX, _LINE, _GAP = "☐", "_" * 24, " \u2003"  # the gap is where a line may break
Field = tuple[str, str]  # what is asked, and where it is written


def html(day: date, training: bool) -> str:
    """Every sheet, one a page. day: printed on it, and a part of the references."""
    sheets = [_sheet(words.text("Arrival"), _reference("A", day, n), _arrival()) for n in range(1, ADMISSIONS + 1)]
    sheets.append(_table(words.text("Exits, absences, returns, moves"), _reference("M", day, 1), _moves()))
    sheets.append(_table(words.text("Services and things given"), _reference("S", day, 1), _given()))
    sheets.append(_sheet(words.text("Incident"), _reference("I", day, 1), _incident()))
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    broken = '<div style="page-break-before: always"></div>'
    return broken.join(mark + one for one in sheets)


def _reference(letter: str, day: date, n: int) -> str:
    return f"{letter}-{day:%d%m%Y}-{n}"


def _head(title: str, reference: str) -> str:
    told = words.text("Reference {reference}: write it when you type this sheet. Keep it locked up, then destroy it.")
    return f"<h2>{escape(title)}</h2><p>{escape(told.format(reference=reference))}</p>"


def _sheet(title: str, reference: str, fields: Iterable[Field]) -> str:
    rows = "".join(
        f"<tr><td width='34%'><b>{escape(asked)}</b></td><td>{escape(answer)}</td></tr>" for asked, answer in fields
    )
    return f"{_head(title, reference)}<table width='100%' border='0' cellspacing='0' cellpadding='3'>{rows}</table>"


def _table(title: str, reference: str, heads: Sequence[str]) -> str:
    named = "".join(f"<th align='left'>{escape(one)}</th>" for one in heads)
    empty = "<tr>" + "<td>&nbsp;</td>" * len(heads) + "</tr>"
    return (
        f"{_head(title, reference)}<table width='100%' border='1' cellspacing='0' cellpadding='6' "
        f"style='border-collapse:collapse'><thead><tr>{named}</tr></thead>{empty * LINES}</table>"
    )


def _boxes(list_name: str) -> str:
    """Every code of a list that may be chosen, with a box before it; no break between the two."""
    labels = (words.label(list_name, one.code) for one in codes.codes(list_name) if one.active)
    return _GAP.join(f"{_BOX} {label}".replace(" ", "\u00a0") for label in labels)


def _yes_no() -> str:
    return _GAP.join((f"{_BOX} {words.text('Yes')}", f"{_BOX} {words.text('No')}"))


def _arrival() -> list[Field]:
    """The minimum of an admission (domain 6.2), then what is asked at the door."""
    return [
        (words.text("Date and hour of arrival"), _LINE),
        (words.text("Received by"), _LINE),
        (words.text("Entry kind"), _boxes("entry_kind")),
        (words.text("Name said by the person (no paper asked)"), _LINE),
        (words.text("Sex"), _GAP.join((f"{_BOX} {words.text('Female')}", f"{_BOX} {words.text('Male')}"))),
        (words.text("Born on, or age"), _LINE),
        (words.text("Nationality"), _LINE),
        (words.text("Languages"), _LINE),
        (words.text("Interpreter needed"), _yes_no()),
        (words.text("Migration situation"), _boxes("migration_situation")),
        (words.text("Situation of the child"), _boxes("child_status")),
        (words.text("Accompanies"), _LINE),
        (words.text("Sent here by"), _boxes("referral_source")),
        (words.text("Room and bed"), _LINE),
        (words.text("Urgent needs"), _boxes("urgent_need")),
        (words.text("Agrees to stay"), _yes_no()),
        (words.text("Agrees that the data are recorded"), _yes_no()),
        (words.text("Rules explained"), _yes_no()),
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
        (words.text("Day and hour"), _LINE),
        (words.text("What happened"), _boxes("incident_type")),
        (words.text("Severity"), _boxes("incident_severity")),
        (words.text("Where"), _LINE),
        (words.text("Persons, by code"), _LINE),
        (words.text("Facts: who, what, where, when; no judgement, codes and no names"), "\n" + _LINE * 5),
        (words.text("Measures taken at once"), _LINE * 2),
        (words.text("Who was told"), _boxes("notified")),
        (words.text("Reported by"), _LINE),
    ]


def print_forms(parent: QWidget, desk: Desk) -> str:
    """Print them, or save them; what was done, "" when it was given up. Raises DiskFull, ReadOnly."""
    sheets = printed.document(html(desk.today(), desk.is_training))
    title = words.text("Print blank forms")
    told = words.text("Blank forms of {day} are printed.").format(day=shown.day(desk.today()))
    return printed.send(parent, sheets.print_, title, told, words.text("Blank forms are saved."))
