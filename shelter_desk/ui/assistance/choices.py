"""Persons and services in words and painted, for the parts of this page."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from shelter_desk import words
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.widgets.marks import draw_minor, minor_width
from shelter_desk.words import formats


def named(kind: ServiceKind | None, code: str) -> str:
    """What a service is called; a code without a row stands for itself."""
    return words.label("service_type", code) if kind is None else kind.label(words.language())


def about(line: ServiceLine, day: date) -> str:
    """`F · 27 ans`, and how the person stands to that day."""
    letter = {"f": "F", "m": "M"}.get(line.person.sex, "")
    age = line.person.birth.age(day)
    return " · ".join(part for part in (letter, "" if age is None else formats.age(age), standing(line)) if part)


def standing(line: ServiceLine) -> str:
    """Nothing for somebody who is simply here."""
    return {
        "away": words.text("away"),
        "leaves": words.text("leaves that day"),
        "door": words.text("redirected"),
        "apart": words.text("not lodged that day"),
    }.get(line.standing, "")


def place(line: ServiceLine) -> str:
    """`1A`, or a dash."""
    return line.bed_code or formats.NONE


def meant(found: Sequence[ServiceLine], typed: str) -> ServiceLine | None:
    """Who of those found is meant: the one whose bed was typed whole, or the only one; None while several may be."""
    exact = [one for one in found if one.bed_code.casefold() == typed.strip().casefold()]
    return next(iter(exact or (found if len(found) == 1 else ())), None)


def counted_only() -> list[NumberField]:
    """How many women, men, girls and boys were there of whom no name is written."""
    labels = (words.text("Women"), words.text("Men"), words.text("Girls"), words.text("Boys"))
    return [NumberField(label, 0, 9999) for label in labels]


PAD = 8


def paint_person(
    painter: QPainter, room: QRect, line: ServiceLine, day: date, told: str, bed_width: int, *, bold: bool = True
) -> None:
    """One line of a person: bed, code, the mark of a minor, and what is told. bed_width: that of the widest bed."""
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(tokens.font("small", bold=True))
    painter.setPen(tokens.color("ink2"))
    painter.drawText(room, middle, place(line))
    room = room.adjusted(bed_width + PAD, 0, 0, 0)
    painter.setFont(tokens.font(bold=bold))
    painter.setPen(tokens.color("ink" if bold else "ink2"))
    painter.drawText(room, middle, line.person.code)
    room = room.adjusted(tokens.metrics(bold=True).horizontalAdvance(line.person.code) + PAD, 0, 0, 0)
    if line.person.birth.is_minor(day):
        high = tokens.high(16)
        draw_minor(painter, QRect(room.left(), room.center().y() - high // 2, minor_width(), high))
        room = room.adjusted(minor_width() + PAD, 0, 0, 0)
    painter.setFont(tokens.font("small"))
    painter.setPen(tokens.color("ink2" if line.standing == "here" else "held"))
    room = room.adjusted(0, 0, -PAD, 0)
    painter.drawText(room, middle, painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, room.width()))
