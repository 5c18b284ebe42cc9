"""A choice in a list; long lists are searched by typing."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import (
    QEvent,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from shelter_desk import words
from shelter_desk.ui.forms import choice_popups
from shelter_desk.ui.forms.choice_popups import Completer, TypedIntoLine, folded
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.widgets.label import repolish

Choice = tuple[str, str]  # code, label
_Row = tuple[int, str]  # its place, and what it is called, folded
Id = TypeVar("Id")
_SEARCHED_FROM = 9  # shorter lists are seen whole
_SHORTEST, _BESIDE_ICON = 8, 4  # a closed list has room for so many letters and an icon, as Qt reckons it


class ChoiceField(Field):
    """One of a code list, nothing chosen at first.

    Lists of nine and more are searched by any part of a label, or of what else its code is called, accents and capitals
    aside. The first that begins so is marked, or else the first that holds it, and Enter takes it; who goes on without
    Enter is asked to choose where several may be meant.
    """

    chosen = Signal(str)  # the code, "" for none; said when a person chooses

    def __init__(
        self,
        label: str,
        choices: Sequence[Choice] = (),
        value: str | None = None,
        required: bool = False,
        key: str = "",
    ) -> None:
        self.combo, self._refused = ChoiceBox(choices, value), ""
        self.combo.is_required = required
        super().__init__(label, self.combo, required, key=key)
        self.combo.chosen.connect(self.chosen)
        self.combo.not_understood.connect(self._refuse)
        self.combo.understood.connect(self._understood)

    def take_typed(self) -> bool:
        """Take what stands in the line; False, and said below, where it means no row or several."""
        return self.combo.take_typed()

    @Slot()
    def _filled(self) -> None:
        """The list closes where no row holds what is typed: it is said at once."""
        super()._filled()
        unknown = self.combo.unknown()
        if unknown:
            self._refuse(unknown, 0)

    @Slot(str, int)
    def _refuse(self, typed: str, rows: int) -> None:
        if rows:
            told = words.text("Several lines hold “{typed}”: type more, or choose one.")
            self._refused = told.format(typed=typed)
            self.set_warning(self._refused)
            return
        told = words.text("“{typed}” is not in the list. Choose a line.")
        self._refused = told.format(typed=typed)
        self.set_error(self._refused)

    @Slot()
    def _understood(self) -> None:
        if self._refused and self.message() == self._refused:
            self.clear()
        self._refused = ""

    def value(self) -> str | None:
        """The chosen code."""
        return self.combo.value()

    def code(self) -> str:
        """The chosen code, "" for none."""
        return self.combo.value() or ""

    def chosen_id(self, kind: Callable[[int], Id]) -> Id | None:
        """The id chosen, where the codes are ids of that kind; None for none."""
        chosen = self.combo.value()
        return kind(int(chosen)) if chosen else None

    def set_required(self, required: bool) -> None:
        super().set_required(required)
        self.combo.is_required = required

    def choose(self, code: str | None) -> None:
        """Choose that code, or none, without a signal."""
        self.combo.choose(code)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; what was chosen stays where it is in it."""
        self.combo.set_choices(choices)


class ChoiceBox(QComboBox):
    """The list itself, for use without a label. What it opens is made when it is first opened or asked for.

    not_understood: what was typed, and how many rows hold it. understood: what stands in the line is a row, or nothing.
    """

    chosen = Signal(str)
    not_understood = Signal(str, int)
    understood = Signal()

    _popup: QListView | None = None
    _room: QSize | None = None  # of the closed list, in the style that it wears

    def __init__(self, choices: Sequence[Choice] = (), value: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: str | None = None
        self.is_required = True
        self._is_from_nothing = False  # what is chosen was chosen by a person where nothing was
        self.known_as: Callable[[str], Sequence[str]] | None = None  # codes of what is typed and stands in no label
        self.synonyms: Mapping[str, Sequence[str]] = {}  # by code, what else people call it
        self._folded: tuple[list[_Row], list[_Row]] | None = None  # labels and synonyms, from when something is typed
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setPlaceholderText(words.text("Choose"))  # first: else the first row is chosen as it comes
        self.activated.connect(self._activated)
        self.set_choices(choices)
        self.choose(value)

    def view(self) -> QAbstractItemView:
        """What the list opens."""
        if self._popup is None:
            self._popup = QListView()
            self._popup.setProperty("role", "popup")
            self._popup.setAccessibleName(self.accessibleName())
            self.setView(self._popup)
            self._popup.ensurePolished()  # else its rows, and all of it, are as high as without the style
            self._popup.doItemsLayout()
            self._popup.installEventFilter(TypedIntoLine(self._popup, self))
        return self._popup

    def showPopup(self) -> None:
        choice_popups.widen(self.view(), self)
        super().showPopup()

    def sizeHint(self) -> QSize:
        """As wide whatever it holds: Qt would look at each row."""
        if self._room is None:
            metrics = self.fontMetrics()
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            wide = _SHORTEST * metrics.horizontalAdvance("X") + self.iconSize().width() + _BESIDE_ICON
            letters = QSize(wide, metrics.height() + 2)
            self._room = self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, letters, self)
        return self._room

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._room = None
        if event.type() == QEvent.Type.StyleChange and self._popup is None:
            QWidget.changeEvent(self, event)  # that of the list would make what it opens, each time it gets a parent
        else:
            super().changeEvent(event)

    def completer(self) -> QCompleter | None:
        """What finds the rows that are typed, None for a list that is not searched."""
        line = self.lineEdit()
        if line is not None and line.completer() is None:
            made = Completer(self, self.synonyms)
            made.activated.connect(self._completed)
            self.setCompleter(made)
            self._describe_line()
        return super().completer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.completer()
        super().focusInEvent(event)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._describe_line()

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self._describe_line()

    def _describe_line(self) -> None:
        """A reader of the screen finds the keys in the line of a list that is searched, or in what it opens."""
        line, completer = self.lineEdit(), super().completer()
        if self._popup is not None:
            self._popup.setAccessibleName(self.accessibleName())
        if line is not None:
            line.setAccessibleName(self.accessibleName())
            line.setAccessibleDescription(self.accessibleDescription())
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.setAccessibleName(self.accessibleName())

    def value(self) -> str | None:
        """The chosen code."""
        return self._value

    def choose(self, code: str | None) -> None:
        """Choose that code, or none, without a signal."""
        place = self.findData(code) if code is not None else -1
        self._value, self._is_from_nothing = (code if place >= 0 else None), False
        self.setCurrentIndex(place)
        if self.property("empty") != (place < 0):
            self.setProperty("empty", place < 0)
            if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                repolish(self)
        line = self.lineEdit()
        if line is not None:
            line.setText(self.itemText(place) if place >= 0 else "")
            line.setCursorPosition(0)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; what was chosen stays where it is in it."""
        kept, self._folded = self._value, None
        self.clear()
        for code, label in choices:  # row by row: for a model Qt would make what is opened
            self.addItem(label, code)
        self._search(len(choices) >= _SEARCHED_FROM)
        self.choose(kept)

    def _search(self, searched: bool) -> None:
        if not searched:
            self.setEditable(False)
            return
        line = self.lineEdit()
        if line is None:
            line = QLineEdit(self)
            line.setPlaceholderText(words.text("Type to search"))
            line.editingFinished.connect(self._finished)
            line.textEdited.connect(self._typed)
            self.setLineEdit(line)  # `setEditable` would make what is opened
            self._describe_line()
        line.setCompleter(None)  # type: ignore[arg-type]  # of Qt, or of the rows before
        if self.hasFocus():
            self.completer()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It scrolls the page: a list under the pointer changes by a click or a key alone."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Suppr takes back what a person chose where nothing stood before, and nothing has to."""
        can_be_empty = self._is_from_nothing and not self.is_required and not self.isEditable()
        if can_be_empty and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take(-1)
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _activated(self, place: int) -> None:
        self._take(place)

    @Slot(str)
    def _completed(self, label: str) -> None:
        self._take(self.findText(label, Qt.MatchFlag.MatchExactly))

    @Slot()
    def _finished(self) -> None:
        line = self.lineEdit()
        if line is not None and line.hasFocus() and len(self._found(line.text())) > 1:
            QTimer.singleShot(0, self, self._stay_open)  # after Enter has closed it
            return
        self.take_typed()

    @Slot()
    def _stay_open(self) -> None:
        line, completer = self.lineEdit(), self.completer()
        if line is None or not line.hasFocus() or len(self._found(line.text())) < 2:
            return
        if isinstance(completer, Completer):
            completer.setCompletionPrefix(line.text())
            completer.complete()
            self._mark()

    @Slot()
    def _typed(self) -> None:
        QTimer.singleShot(0, self, self._mark)  # once the rows are found

    @Slot()
    def _mark(self) -> None:
        line, completer = self.lineEdit(), super().completer()
        if line is not None and isinstance(completer, Completer):
            completer.mark(self._best(line.text()))

    def unknown(self) -> str:
        """What a person typed so far, where no row holds it; "" for a list of which rows may be known as more."""
        line = self.lineEdit()
        if line is None or not line.isModified() or self.known_as is not None or self._found(line.text()):
            return ""
        return line.text().strip()

    def take_typed(self) -> bool:
        """Take what stands in the line where it can mean one row only: its label, its code, or a part of one label.

        Else what was chosen stays, what was typed stays to be corrected, and False is returned.
        """
        line = self.lineEdit()
        if line is None:
            return True
        found = self._found(line.text())
        if len(found) != 1:
            self.not_understood.emit(line.text().strip(), len(found))
            return False
        self._take(found[0])
        return True

    def _found(self, text: str) -> list[int]:
        typed = folded(text)
        if not typed:
            return [-1]
        found = self._meant(typed)
        if not found and self.known_as is not None:
            found = [place for code in self.known_as(text.strip()) if (place := self.findData(code)) >= 0]
        return found

    def _meant(self, typed: str) -> list[int]:
        """The rows that this may mean, what was chosen already first."""
        if self._folded is None:
            codes = [str(self.itemData(place)) for place in range(self.count())]
            others = [(place, folded(one)) for place, code in enumerate(codes) for one in self.synonyms.get(code, ())]
            self._folded = [(place, folded(self.itemText(place))) for place in range(self.count())], others
        rows, others = self._folded
        same = [place for place, label in rows if typed in (label, label.partition(" (")[0])]
        if len(same) > 1 and self.findData(self._value) in same:
            return [self.findData(self._value)]
        by_code = [place for place, _ in rows if folded(str(self.itemData(place))) == typed]
        begins = [place for place, label in rows if label.startswith(typed)]
        if len(begins) == 1:
            return begins
        by_name = same or by_code or [place for place, one in others if typed == one]
        return by_name or list(dict.fromkeys(place for place, one in (*rows, *others) if typed in one))

    def _best(self, text: str) -> str | None:
        """The label of the row that this means before all others, None where there is none. A name is not looked for
        at each letter.
        """
        typed = folded(text)
        found = [self.itemText(place) for place in self._meant(typed)] if typed else []
        begins = [label for label in found if folded(label).startswith(typed)]
        return next(iter(begins or found), None)

    def _take(self, place: int) -> None:
        code = self.itemData(place) if place >= 0 else None
        former, was_from_nothing = self._value, self._is_from_nothing
        self.choose(code)
        self._is_from_nothing = former is None or was_from_nothing
        self.understood.emit()
        if self._value != former:
            self.chosen.emit(self._value or "")


def take_typed_inside(form: QWidget) -> bool:
    """Take what stands in the searched lists of a form; the first that is not understood gets the keys."""
    seen = [field for field in form.findChildren(ChoiceField) if field.isVisible() and field.isEnabled()]
    wrong = [field for field in seen if not field.take_typed()]
    if wrong:
        wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
    return not wrong
