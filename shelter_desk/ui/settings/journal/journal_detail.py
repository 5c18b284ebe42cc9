"""What stands behind one line of the journal: plain facts, fields before and after, names never."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.vault.journal import Changed, Detail
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.label import Label, Rule
from shelter_desk.words import formats
from shelter_desk.words import journal as said


class JournalDetail(QFrame):
    """The line in words above, what changed below; scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(tokens.wide(300))
        self._inner = QWidget()
        self._scrolled = QScrollArea()
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_HALF, tokens.SPACE_HALF, tokens.SPACE_HALF, tokens.SPACE_HALF)
        whole.addWidget(self._scrolled)
        self.texts: list[str] = []
        self.clear()

    def clear(self) -> None:
        """No line is chosen."""
        column = self._begin()
        self._add(column, Label(words.text("Choose a line to see what it changed."), ink="ink2", wrap=True))
        column.addStretch(1)

    def show_line(self, title: str, who: str, codes: str, detail: Detail) -> None:
        """Show that line. who: the person and the moment."""
        column = self._begin()
        self._add(column, Label(title, bold=True, wrap=True))
        self._add(column, Label(who, size="small", ink="ink2", wrap=True))
        if codes:
            self._add(column, Label(codes, wrap=True))
        for key, value in detail.facts:
            self._pair(column, said.field(key), said.value(key, value))
        if detail.changed:
            column.addWidget(Rule())
        for one in detail.changed:
            self._pair(column, said.field(one.key, one.table), _before_and_after(one))
        if detail.more:
            told = words.count("{n} more row, only counted.", "{n} more rows, only counted.", detail.more)
            self._add(column, Label(told, size="small", ink="ink2", wrap=True))
        column.addStretch(1)

    def _begin(self) -> QVBoxLayout:
        self.texts = []
        self._inner = QWidget()
        self._inner.setProperty("role", "scrolled")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(tokens.SPACE_PANEL, tokens.SPACE, tokens.SPACE_PANEL, tokens.SPACE)
        column.setSpacing(tokens.SPACE_HALF)
        self._scrolled.setWidget(self._inner)  # the one before goes
        return column

    def _pair(self, column: QVBoxLayout, label: str, value: str) -> None:
        name = Label(label, size="small", ink="ink2", wrap=True)
        name.setContentsMargins(0, tokens.SPACE_HALF, 0, 0)
        self._add(column, name)
        self._add(column, Label(value, wrap=True))

    def _add(self, column: QVBoxLayout, label: Label) -> None:
        self.texts.append(label.text())
        column.addWidget(label)


def _before_and_after(one: Changed) -> str:
    if one.is_sealed:
        return said.sealed(one.table)
    before, after = said.value(one.key, one.before), said.value(one.key, one.after)
    if before == formats.NONE:
        return after
    # Translators: a field of the journal, before and after
    return words.text("{before} → {after}").format(before=before, after=after)
