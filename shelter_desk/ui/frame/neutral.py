"""The neutral screen: a dull list of office supplies; typing does nothing, a password brings the page back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError, WrongPassword
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import password_tries
from shelter_desk.ui import tasks
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row

_ROWS = 24
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# nothing of the palette of the program
_STYLE = """
QWidget { background: #ffffff; color: #222222; font-weight: 400; }
QFrame#menu, QFrame#foot { background: #f2f2f2; border: none; }
QFrame#menu QLabel, QFrame#foot QLabel { background: #f2f2f2; color: #333333; }
QTableWidget { gridline-color: #d6d6d6; border: none; background: #ffffff; }
QHeaderView { background: #f2f2f2; }
QHeaderView::section { background: #f2f2f2; color: #444444; border: none; border-right: 1px solid #d6d6d6;
    border-bottom: 1px solid #d6d6d6; padding: 0 8px; font-weight: 400; font-size: 14px; min-height: 25px; }
QTableWidget::item { padding: 0 8px; }
QFrame#ask { background: #f2f2f2; border: 1px solid #aaaaaa; border-radius: 0; }
QFrame#ask QLabel { background: #f2f2f2; }
QLineEdit { background: #ffffff; color: #222222; border: 1px solid #999999; border-radius: 0; }
"""


def _supplies() -> list[tuple[str, str, int, str]]:
    ream, box, pack = words.text("ream"), words.text("box"), words.text("pack")
    piece, roll, kit, ask = words.text("piece"), words.text("roll"), words.text("set"), words.text("to be ordered")
    return [
        (words.text("A4 paper, ream of 500"), ream, 14, ""),
        (words.text("Cardboard folders, blue"), pack, 6, ""),
        (words.text("Ballpoint pens, blue"), box, 3, ""),
        (words.text("Ballpoint pens, red"), box, 1, ask),
        (words.text("Staples 24/6"), box, 8, ""),
        (words.text("Notebooks, 200 pages"), piece, 22, ""),
        (words.text("Lever arch files"), piece, 9, ""),
        (words.text("Dividers, 12 positions"), kit, 4, ""),
        (words.text("Envelopes C5"), pack, 5, ""),
        (words.text("Toner, black"), piece, 1, ask),
        (words.text("Adhesive tape"), roll, 7, ""),
        (words.text("Correction fluid"), piece, 6, ""),
        (words.text("Scissors"), piece, 3, ""),
        (words.text("Rulers, 30 cm"), piece, 10, ""),
        (words.text("Drawing pins"), box, 2, ""),
        (words.text("Board markers"), piece, 11, ""),
        (words.text("AA batteries"), pack, 4, ""),
        (words.text("Mail register"), piece, 2, ""),
    ]


class NeutralScreen(QWidget):
    """Covers the whole window. F9 or Enter opens a small field; `tried` asks whether what was typed is right."""

    tried = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(_STYLE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "none")
        self.title = words.text("Office supplies")
        self.ask = QFrame(self)
        self.ask.setObjectName("ask")
        self.field = QLineEdit()
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        self.field.setProperty("ring", "none")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(words.text("Password"))
        self.field.returnPressed.connect(self._try)
        self.field.installEventFilter(self)
        in_row(QLabel(words.text("Password")), self.field, within=self.ask, margins=None)
        self.ask.setFixedSize(360, 56)
        self.ask.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QLabel(self.title)
        head.setContentsMargins(16, 6, 16, 6)
        lines = words.count("{n} line", "{n} lines", len(_supplies()))
        in_column(
            _bar("menu", (words.text("File"), words.text("View"), words.text("Help")), 40),
            head,
            (self._table(), 1),
            _bar("foot", (words.text("Ready"),), 24, lines),
            within=self,
            spacing=0,
        )

    def _table(self) -> QTableWidget:
        table = QTableWidget(_ROWS, 5, self)
        heads = (words.text("No."), words.text("Description"), words.text("Unit"), words.text("Quantity"))
        table.setHorizontalHeaderLabels([*heads, words.text("Remarks")])
        supplies: list[tuple[str, str, int | str, str]] = [*_supplies()]
        supplies += [("", "", "", "")] * (_ROWS - len(supplies))
        for row, (what, unit, quantity, remark) in enumerate(supplies):
            for column, text in enumerate((str(row + 1), what, unit, str(quantity), remark)):
                item = QTableWidgetItem(text)
                if column in (0, 3):
                    item.setTextAlignment(_RIGHT)
                if column == 0:
                    item.setBackground(QColor("#f2f2f2"))
                table.setItem(row, column, item)
        for column in range(5):
            if (head := table.horizontalHeaderItem(column)) is not None:
                head.setTextAlignment(_RIGHT if column in (0, 3) else _LEFT)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(26)
        for column, width in enumerate((56, 420, 140, 120)):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.close_field()

    @Slot()
    def close_field(self) -> None:
        """Only the list again."""
        self.field.clear()
        self.field.setEnabled(True)
        self.ask.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def open_field(self) -> None:
        """Show the small field."""
        self.ask.move((self.width() - self.ask.width()) // 2, (self.height() - self.ask.height()) // 2)
        self.ask.show()
        self.ask.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _try(self) -> None:
        if self.field.text() and not self._left:
            self.field.setEnabled(False)
            self.tried.emit(self.field.text())

    def refuse(self, wait: float) -> None:
        """Wrong: nothing is said, the list stays. The field counts these seconds and takes no password meanwhile."""
        self.close_field()
        self._left = round(wait)
        if self._left:
            self._second.start()
        self._say_left()

    @Slot()
    def tick(self) -> None:
        """One second less."""
        self._left = max(0, self._left - 1)
        if not self._left:
            self._second.stop()
        self._say_left()

    def _say_left(self) -> None:
        self.field.setReadOnly(bool(self._left))
        self.field.setPlaceholderText(words.text("{n} s").format(n=self._left) if self._left else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F9, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_field()
        event.accept()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Escape in the field goes back to the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.close_field()
            return True
        return False


def _bar(name: str, texts: tuple[str, ...], height: int, at_end: str = "") -> QFrame:
    bar = QFrame()
    bar.setObjectName(name)
    bar.setFixedHeight(height)
    in_row(*(QLabel(text) for text in texts), STRETCH, QLabel(at_end), within=bar, spacing=24, margins=(16, 0))
    return bar


def check(desk: Desk, password: str, answered: Callable[[float | None], None]) -> None:
    """Whether that is the password of the person at the desk, which takes as long as unlocking to find out.

    answered: given None for yes, else the seconds to wait. What cannot be found out is a no.
    """

    def right(_opened: object) -> None:
        answered(None)

    def failed(error: ShelterDeskError) -> None:
        answered(error.wait if isinstance(error, WrongPassword) else 0)

    tasks.run(partial(password_tries.own, desk, password), right, failed)
