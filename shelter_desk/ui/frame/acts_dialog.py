"""The acts of this session, newest first: choosing one takes back all from the newest down to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations import session_acts
from shelter_desk.operations.desk import Desk, SessionAct
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words import session_acts as act_words

WIDE, HIGH = 560, 460


class ActsDialog(GuidedDialog):
    """The list and one verb. take_back: is given the number of the act down to which all are taken back."""

    def __init__(self, desk: Desk, take_back: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take_back = take_back
        self._reach = session_acts.reach(desk)
        acts = session_acts.listed(desk)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "question")
        self.setWindowTitle(words.text("What you did since you opened"))
        self.resize(tokens.wide(WIDE), tokens.high(HIGH))
        told = words.text("The newest act is at the top. Choose how far back to go: all acts above it go with it.")
        self.rows = TwoLineRows(partial(_line, [one.seq for one in acts[: self._reach]]), self)
        self.list = ActsList(self.rows, self._reach, self)
        self.list.setAccessibleName(self.windowTitle())
        self.note = Label("", ink="ink2", wrap=True)
        self.verb = Button("", kind="primary", icon="undo", on_click=self._go)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        in_column(
            Label(self.windowTitle(), bold=True),
            Label(told, ink="ink2", wrap=True),
            (self.list, 1),
            self.note,
            in_row(STRETCH, self.close_button, self.verb),
            within=self,
            spacing=tokens.SPACE,
            margins=tokens.SPACE_2,
        )
        self.verb.setDefault(True)
        self.list.chosen.connect(self._judge)
        self.list.opened.connect(self._go)
        self.rows.show(acts)
        self.list.go_to(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _judge(self, chosen: SessionAct | None) -> None:
        place = self.list.currentIndex().row()
        may = chosen is not None and place < self._reach
        self.verb.setEnabled(may)
        self.verb.setText(act_words.will_go(place + 1 if may else max(1, self._reach)))
        self.note.setText("" if may or chosen is None else self._why(chosen))

    def _why(self, chosen: SessionAct) -> str:
        if chosen.done is None:
            return act_words.stays(chosen.action)
        return words.text("An act above it stays, so nothing before that one is undone from here.")

    @Slot()
    def _go(self) -> None:
        chosen = self.list.current()
        if chosen is None or self.list.currentIndex().row() >= self._reach:
            return
        self.accept()
        self._take_back(chosen.seq)


class ActsList(TwoLineList):
    """The act chosen and all above it stand out, as they go together."""

    def __init__(self, rows: TwoLineRows, reach: int, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent)
        self._reach = reach
        self.chosen.connect(self._mark)

    def selectionCommand(
        self, _index: QModelIndex | QPersistentModelIndex, _event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """What stands out follows the row that the keys are on, and nothing else."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    @Slot(object)
    def _mark(self, _chosen: object) -> None:
        place = self.currentIndex().row()
        first = 0 if place < self._reach else place
        marked = QItemSelection(self.rows.index(first, 0), self.rows.index(place, 0))
        self.selectionModel().select(marked, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _line(within: list[int], act: SessionAct) -> TwoLine:
    why = act_words.stays(act.action) if act.done is None else ""
    second = act_words.when(act.at, why)
    return TwoLine(act_words.act(act.action, act.subject), second, faint=act.seq not in within)
