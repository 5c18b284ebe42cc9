"""The recovery sheet: shown once, printed or saved, then typed back from paper."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.system import clock
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.key_groups import GROUPS, KeyGroups
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.ui.widgets.print import printing
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

HIDDEN = "••••"
_MM = 1 / 25.4


class RecoverySheet(QWidget):
    """Two cards: the key with its printing, and the eight fields to type it back; hidden while it is typed.

    `proven` is said each time the number of right groups changes; `is_proven` once all are right.
    """

    proven = Signal(int)

    def __init__(self, recovery_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = recovery_key.split("-")
        self.typed = KeyGroups(recovery_key)
        self.typed.changed.connect(self._typed_back)
        self.print_button = Button(words.text("Print the sheet"), icon="print", tall="footer", on_click=self.print_it)
        self.save_button = Button(words.text("Save on a USB stick"), icon="usb", tall="footer", on_click=self.save)
        self.show_button = Button(words.text("Show again"), kind="quiet", icon="eye", on_click=self.show_key)
        self.begin_button = Button(words.text("Type it back"), kind="quiet", icon="next", on_click=self.begin)
        self._hidden_note = Label(words.text("The key is hidden while you type it back."), size="small", ink="ink2")
        self._kept = Badge("", "ok")
        self._kept.hide()
        self._said = Label(size="small", ink="blocked", wrap=True)
        self._said.hide()
        self._count = Label(ink="ink2")
        self._shown: list[QLabel] = []
        for field in self.typed.fields:
            field.textEdited.connect(self._hide_key)
        self._lay_out()
        self.show_key()
        self._typed_back()

    def _lay_out(self) -> None:
        first = Card(words.text("1. Print the sheet or save it"))
        fill(first.head, self._hidden_note, self.show_button, self._kept)
        row = in_row(self._key_grid(), in_column(self.print_button, self.save_button), spacing=tokens.SPACE_3)
        advice = words.text("Keep it away from this office, in a closed envelope. The sheet names no place.")
        told = Label(advice, size="small", ink="ink2", wrap=True)
        first.body.addLayout(row)
        if tokens.is_large():
            row.addStretch(1)
            first.body.addWidget(told)
        else:
            row.addWidget(told, 1)
        first.body.addWidget(self._said)
        second = Card(words.text("2. Type the key back, reading the paper"))
        fill(second.head, self.begin_button, self._count)
        alphabet = words.text("There is no zero, no one, no letter I, L or O. Small letters will do.")
        fill(second.body, self.typed, Label(alphabet, size="small", ink="ink2", wrap=True))
        warning = words.text(
            "Do not photograph it or leave it by the computer. One other trusted person knows where it is."
        )
        alert = Alert(warning, "attention", small=False)
        in_column(first, second, alert, within=self, spacing=tokens.SPACE_2)

    def _key_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(tokens.SPACE)
        for place in range(GROUPS):
            box = QFrame()
            box.setProperty("role", "alert")
            label = Label(bold=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(tokens.metrics(bold=True).horizontalAdvance("WWWW") + 16)
            in_row(label, within=box, margins=tokens.SPACE)
            self._shown.append(label)
            box.setFixedHeight(tokens.high(40))
            grid.addWidget(box, place // 4, place % 4)
        return grid

    def is_proven(self) -> bool:
        """All eight groups were typed back."""
        return self.typed.right() == GROUPS

    @Slot()
    def show_key(self) -> None:
        """Show the key; what was typed back is emptied, since it proves nothing any more."""
        self.typed.clear()
        self._show(True)
        self._typed_back()

    @Slot()
    def begin(self) -> None:
        """Hide the key and go to the first group."""
        self._show(False)
        self.typed.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _hide_key(self) -> None:
        self._show(False)

    def _show(self, visible: bool) -> None:
        for label, group in zip(self._shown, self._groups, strict=True):
            label.setText(group if visible else HIDDEN)
        self._hidden_note.setVisible(not visible)
        self.show_button.setVisible(not visible)
        self.begin_button.setVisible(visible)

    @Slot()
    def _typed_back(self) -> None:
        right = self.typed.right()
        self._count.setText(words.count("{n} group right of 8", "{n} groups right of 8", right))
        self.proven.emit(right)

    @Slot()
    def print_it(self) -> None:
        """Print through the system's dialogue."""
        printer = printing.choose_printer(self)
        if printer is None:
            return
        if paint(printer, self._groups):
            self._keep_said(words.text("Printed at {hour}"))
        else:
            self._refuse(words.text("The printer did not take the sheet. Save it instead."))

    @Slot()
    def save(self) -> None:
        """Save as a PDF file whose name says nothing."""
        path = files.choose_to_save(self, words.text("Save on a USB stick"), printing.FILE, "PDF (*.pdf)")
        if path is None:
            return
        try:
            write_pdf(path, self._groups)
        except ShelterDeskError as error:
            self._refuse(sentence(error))
        else:
            self._keep_said(words.text("Saved at {hour}"))

    def _keep_said(self, text: str) -> None:
        self._said.hide()
        self._kept.say(text.format(hour=formats.clock(clock.now())), "ok", "check")
        self._kept.show()

    def _refuse(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()


_MARGIN = 20.0


def write_pdf(path: Path, groups: list[str]) -> None:
    """The sheet as a PDF that names nobody. Raises DiskFull, ReadOnly."""
    printing.write_pdf(path, lambda device: paint(device, groups), _MARGIN, words.text("Recovery sheet"))


def paint(device: QPagedPaintDevice, groups: list[str]) -> bool:
    """Paint the sheet on one page; False where the device cannot be painted on."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    dots = device.logicalDpiX()
    wide = device.width()
    y = _line(painter, words.text("Recovery sheet"), 24, 0.0, wide, dots)
    for told in (
        words.text("This key opens the files again when every password is lost."),
        words.text("On the screen “Open”, choose “Use the recovery key” and type the eight groups."),
    ):
        y = _line(painter, told, 12, y, wide, dots)
    y += 8 * dots * _MM
    for start in range(0, len(groups), 4):
        y = _line(painter, "    ".join(groups[start : start + 4]), 28, y, wide, dots)
    y += 8 * dots * _MM
    for told in (
        words.text("Capitals and small letters are the same. There is no zero, no one, no letter I, L or O."),
        words.text("Keep it in a closed envelope, away from the computer. Do not photograph it."),
        words.text("Whoever has this sheet and the computer can read everything."),
    ):
        y = _line(painter, told, 12, y, wide, dots)
    return painter.end()


def _line(painter: QPainter, text: str, points: int, y: float, wide: int, dots: int) -> float:
    font = QFont(list(tokens.FAMILIES))
    font.setPixelSize(round(points * dots / 72))
    font.setWeight(QFont.Weight.DemiBold if points > 12 else QFont.Weight.Normal)
    painter.setFont(font)
    room = QRectF(0, y, wide, 10_000)
    taken = painter.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text)
    painter.drawText(room, int(Qt.TextFlag.TextWordWrap), text)
    return y + taken.height() + points * dots / 72 * 0.6
