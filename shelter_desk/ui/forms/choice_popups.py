"""What a choice opens: its whole list, or the rows that hold what is typed."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QCompleter, QListView, QWidget

from shelter_desk.domain.codes import unaccented

_FOLDED = int(Qt.ItemDataRole.UserRole) + 1


def widen(popup: QAbstractItemView, box: QComboBox) -> None:
    """Give it room for the longest row, as far as the screen goes: a box is often narrower than what it offers."""
    metrics = popup.fontMetrics()
    texts = [metrics.horizontalAdvance(box.itemText(place)) for place in range(box.count())]
    if not texts:
        return
    first = popup.sizeHintForIndex(box.model().index(0, 0)).width()
    beside = 2 * popup.frameWidth() + popup.verticalScrollBar().sizeHint().width()
    wanted = max(texts) + max(0, first - texts[0]) + beside
    room = box.screen().availableGeometry().right() - box.mapToGlobal(box.rect().topLeft()).x()
    popup.setMinimumWidth(max(box.width(), min(wanted, room)))


class _AsWideAsRows(QObject):
    """Widens what is found as it opens; Qt makes it as wide as the box."""

    def __init__(self, popup: QListView, box: QComboBox) -> None:
        super().__init__(popup)
        self._popup, self._box = popup, box

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            widen(self._popup, self._box)
        return False


class TypedIntoLine(QObject):
    """What is typed into the whole list of a box that is searched goes on in its line: Qt would jump to the row that
    begins with the last letters, or stay at any other, which Enter then takes.
    """

    def __init__(self, popup: QListView, box: QComboBox) -> None:
        super().__init__(popup)
        self._box = box

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        line = self._box.lineEdit()
        if line is None or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not event.text().isprintable() or not event.text().strip():
            return False
        self._box.hidePopup()
        line.setFocus(Qt.FocusReason.PopupFocusReason)
        if not line.isModified():
            line.selectAll()  # what was chosen is typed over
        QApplication.sendEvent(line, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
        return True


class EnterOfForm(QObject):
    """Ctrl+Enter into an open list means the form: the list closes and the form around the box hears it."""

    def __init__(self, popup: QListView, box: QWidget) -> None:
        super().__init__(popup)
        self._popup, self._box = popup, box

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        self._popup.hide()
        around = self._box.parentWidget()
        if around is not None:
            QApplication.sendEvent(around, QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers()))
        return True


class Completer(QCompleter):
    """Finds a row by any part of its label, or of what else it is called, accents and capitals aside.

    synonyms: by code.
    """

    def __init__(self, parent: QComboBox, synonyms: Mapping[str, Sequence[str]]) -> None:
        super().__init__(parent)
        for place in range(parent.count()):
            called = (parent.itemText(place), *synonyms.get(parent.itemData(place), ()))
            parent.setItemData(place, "\n".join(map(folded, called)), _FOLDED)
        self.setModel(parent.model())
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setMaxVisibleItems(12)
        popup = QListView()
        popup.setProperty("role", "popup")
        self.setPopup(popup)
        popup.installEventFilter(EnterOfForm(popup, parent))
        popup.installEventFilter(_AsWideAsRows(popup, parent))

    def mark(self, label: str | None) -> None:
        """Mark the row of that label, which Enter takes then; none for None, or where it is not among those found."""
        popup, found = self.popup(), self.completionModel()
        if popup is None or not popup.isVisible():
            return
        at = next((row for row in range(found.rowCount()) if found.index(row, 0).data() == label), None)
        with QSignalBlocker(popup.selectionModel()):  # else Qt writes it into the line at once
            popup.setCurrentIndex(QModelIndex() if at is None else found.index(at, 0))
        popup.viewport().update()

    def splitPath(self, path: str) -> list[str]:
        return [folded(path)]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def folded(text: str) -> str:
    """As labels are searched: accents, capitals and the sort of an apostrophe aside. Nothing of it is kept: in some
    fields names are typed.
    """
    return unaccented(text.replace("’", "'")).strip()
