"""The eight groups of a recovery key, typed from paper."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import IconLabel, repolish

GROUPS, LETTERS = 8, 4


class KeyGroups(QWidget):
    """Eight fields of four characters: a full one leads to the next, a whole key pasted fills them all.

    With `expected`, a group that is right gets a tick and a green ground, a full one that is wrong a red edge.
    """

    changed = Signal()

    def __init__(self, expected: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expected = None if expected is None else _groups(_bare(expected))
        self.fields = [_Group(place, self, has_tick=expected is not None) for place in range(GROUPS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(tokens.SPACE)
        across = GROUPS // 2 if tokens.is_large() else GROUPS
        for place, field in enumerate(self.fields):
            field.textEdited.connect(self._typed)
            field.installEventFilter(self)
            grid.addWidget(field, place // across, place % across)
        self.setFocusProxy(self.fields[0])

    def text(self) -> str:
        """What was typed, in groups joined by dashes."""
        return "-".join(field.text() for field in self.fields)

    def is_full(self) -> bool:
        """Every group has its four characters."""
        return all(len(field.text()) == LETTERS for field in self.fields)

    def right(self) -> int:
        """How many groups are as expected."""
        if self._expected is None:
            return 0
        return sum(field.text() == group for field, group in zip(self.fields, self._expected, strict=True))

    def clear(self) -> None:
        """Empty every group."""
        for field in self.fields:
            field.setText("")
            field.show_state(None)

    @Slot()
    def _typed(self) -> None:
        field = self.sender()
        if not isinstance(field, _Group):
            return
        typed = _bare(field.text())
        place = field.place
        for group in _groups(typed) or [""]:
            if place < GROUPS:
                self.fields[place].setText(group)
                self._judge(place)
                place += 1
        last = min(place, GROUPS) - 1
        if len(self.fields[last].text()) == LETTERS and last + 1 < GROUPS:
            self.fields[last + 1].setFocus(Qt.FocusReason.OtherFocusReason)
            self.fields[last + 1].selectAll()
        self.changed.emit()

    def _judge(self, place: int) -> None:
        field = self.fields[place]
        if self._expected is None:
            return
        if field.text() == self._expected[place]:
            field.show_state("ok")
        else:
            field.show_state("blocked" if len(field.text()) == LETTERS else None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in an empty group goes back to the one before."""
        if (
            isinstance(watched, _Group)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Backspace
            and not watched.text()
            and watched.place > 0
        ):
            self.fields[watched.place - 1].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


class _Group(QLineEdit):
    """One group; its tick, where it may get one, is drawn at right."""

    def __init__(self, place: int, parent: QWidget, *, has_tick: bool) -> None:
        super().__init__(parent)
        self.place = place
        self.setProperty("tall", "footer")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(tokens.metrics(bold=True).horizontalAdvance("WWWW") + (36 if has_tick else 20))
        self.setMaximumWidth(tokens.wide(120))
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setAccessibleName(words.text("Group {n} of {all}").format(n=place + 1, all=GROUPS))
        self._tick = IconLabel("check", "ok", 16, self)
        self._tick.hide()

    def show_state(self, state: str | None) -> None:
        """`ok`, `blocked` or None."""
        if self.property("state") == state:
            return
        self.setProperty("state", state)
        self.setAccessibleDescription(
            words.text("right") if state == "ok" else words.text("wrong") if state == "blocked" else ""
        )
        self._tick.setVisible(state == "ok")
        self._tick.move(self.width() - self._tick.width() - 6, (self.height() - self._tick.height()) // 2)
        repolish(self)


def _bare(typed: str) -> str:
    return "".join(character for character in typed.upper() if character.isalnum())


def _groups(bare: str) -> Sequence[str]:
    return [bare[start : start + LETTERS] for start in range(0, len(bare), LETTERS)]
