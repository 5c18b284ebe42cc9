"""Rows of Excel on their way into a list: the page of imports looks at them first, and nothing is written before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import icons
from shelter_desk.ui.page import Told

if TYPE_CHECKING:  # what reads workbooks is not loaded before something is pasted
    from shelter_desk.operations.imports.intake import Review
    from shelter_desk.operations.imports.pasting import PastedRows
    from shelter_desk.operations.imports.registers import Progress

PASTE = "Ctrl+V"


@dataclass(frozen=True, slots=True)
class BroughtRows:
    """Rows for the page of imports. name: what it calls them; review: what judges them, on the worker's thread.

    is_understood: it is known which column is which, so that the lines are shown at once.
    """

    name: str
    review: "Callable[[Desk, Progress], Review]"
    is_understood: bool = False


class ListIntake(QObject):
    """Ctrl+V while the keys are in a list, and its change in Excel. lists: what an import takes, the likeliest first.

    columns: asked when something is pasted, those that the list shows, as `PastedRows` has them. edited_as: which list
    Excel is given, "" for none.
    """

    wanted = Signal(object)  # BroughtRows
    edit_wanted = Signal(str)  # edited_as
    told = Signal(object)  # Told

    def __init__(
        self,
        within: QWidget,
        lists: tuple[str, ...],
        columns: Callable[[], Sequence[tuple[str, str]]] = tuple,
        edited_as: str = "",
        *,
        in_menu: bool = False,
    ) -> None:
        """in_menu: the list has no menu of its own."""
        super().__init__(within)
        self._lists, self._columns, self._edited_as = lists, columns, edited_as
        self.paste_action = QAction(icons.icon("import"), words.text("Paste from Excel"), self)
        self.paste_action.setShortcut(QKeySequence(PASTE))
        self.paste_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.paste_action.triggered.connect(self.paste)
        self.edit_action = QAction(icons.icon("table"), words.text("Change in Excel…"), self)
        self.edit_action.triggered.connect(self._edit)
        self.actions = [self.paste_action, *([self.edit_action] if edited_as else [])]
        within.addAction(self.paste_action)
        if in_menu:
            within.addActions(self.actions)
            within.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @Slot()
    def _edit(self) -> None:
        self.edit_wanted.emit(self._edited_as)

    @Slot()
    def paste(self) -> None:
        """Look at what is on the clipboard; say so where these are no rows."""
        from shelter_desk.operations.imports import pasting

        text = QGuiApplication.clipboard().text()
        if len(text) > pasting.MOST_SIGNS:
            told = words.text("These are too many rows to paste. Save them as a file and bring it to Import.")
            self.told.emit(Told("attention", told))
        elif not pasting.are_rows(text):
            told = words.text("No rows to paste. Choose several cells in Excel and copy them with Ctrl+C.")
            self.told.emit(Told("attention", told))
        else:
            rows = pasting.PastedRows(text, self._lists, tuple(self._columns()))
            self.wanted.emit(brought(rows))


def brought(rows: "PastedRows") -> BroughtRows:
    """What was pasted, for the page of imports."""
    from shelter_desk.operations.imports import pasting

    return BroughtRows(pasting.name(), lambda desk, progress: pasting.review(desk, rows, progress))


def may_paste(desk: Desk) -> bool:
    """Whether the role may import."""
    return desk.may(Permission.REGISTERS_IMPORT)
