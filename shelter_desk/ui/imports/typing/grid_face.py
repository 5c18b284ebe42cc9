"""Who is here, typed into a grid: each line judged as it is typed, kept as a draft, looked through as a file is."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.imports import typed_lines
from shelter_desk.operations.imports.typed_lines import TypedLine
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.drafting import GRID, Drafting
from shelter_desk.ui.imports import laid
from shelter_desk.ui.imports.typing import grid_texts
from shelter_desk.ui.imports.typing.grid_rows import MOST, SAID, GridRows
from shelter_desk.ui.imports.typing.grid_table import INKS, GridTable
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.refusals.errors import sentence

_AFTER_MS = 250  # after the last cell
_SIGN = "\t"


class GridFace(QWidget):
    """The grid over what there is to say of the line, and the verb."""

    finished = Signal()  # look the lines through
    closed = Signal()
    told = Signal(object)  # Told

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: tasks.LongTask | None = None
        self._asked_again = False
        self._free: tuple[str, ...] = ()
        self.rows = GridRows(desk.today())
        self.table = GridTable(self.rows)
        self.said = Label("", wrap=True)
        self.hint = Label("", size="small", ink="ink2", wrap=True)
        self.count = Label("", size="small", ink="ink2")
        self.close_button = Button(words.text("Close"), tall="footer", on_click=self.closed)
        self.empty_button = Button(words.text("Empty the grid"), tall="footer", on_click=self._empty)
        self.go = Button(
            words.text("Look through"), "primary", "next", words.text("Ctrl+Enter"), tall="footer", on_click=self.finish
        )
        told = words.text(
            "One line for each person who is here. Tab and Enter go on, as in Excel; Ctrl+D takes the cell above, "
            "Ctrl+V takes cells copied from Excel. Nothing is written before you looked the lines through."
        )
        self.said.setMinimumHeight(tokens.metrics().lineSpacing() * 2)
        whole = in_column(
            Label(told, ink="ink2", wrap=True),
            (self.table, 1),
            self.said,
            self.hint,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE),
        )
        laid.over_foot(self, whole, [self.close_button, self.empty_button], [self.count, self.go])
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._judge)
        self.drafting = Drafting(desk, self, GRID)
        self.rows.typed.connect(self._typed)
        self.table.left.connect(self._leave)
        self.table.pasted.connect(self._pasted)
        self.table.selectionModel().currentChanged.connect(self._moved)
        self._say()

    def begin(self) -> None:
        """Show the grid as it was left, before a lock or a cut too."""
        self._see_beds()
        if not self.rows.typed_lines():
            self.drafting.found.connect(self.drafting.resume)
            self.drafting.begin()
            self.drafting.found.disconnect(self.drafting.resume)
        self._judge_soon()

    def set_first(self) -> None:
        """To the cell where it goes on."""
        if not self.table.currentIndex().isValid():
            self.table.go_to(min(len(self.lines()), self.rows.rowCount() - 1), 0)
        self.table.setFocus()

    def lines(self) -> list[list[str]]:
        """What is typed, with what is being typed."""
        self.table.commit()
        return self.rows.typed_lines()

    def put(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these lines in place of those that are there."""
        self.rows.fill(lines)
        self.table.go_to(0, 0)
        if lines:
            self.drafting.touch()
        else:
            self.drafting.forget()

    @Slot()
    def finish(self) -> None:
        """Look the lines through, where there are some."""
        if self.lines():
            self.finished.emit()
        else:
            self.told.emit(Told("attention", words.text("The grid is empty: type a line first.")))

    @Slot()
    def _leave(self) -> None:
        self.go.setFocus()

    @Slot()
    def _empty(self) -> None:
        if former := self.lines():
            self.rows.put((at, column, "") for at in range(len(former)) for column in range(SAID))
            self.drafting.forget()
            self.told.emit(Told("ok", words.text("The grid is empty. Ctrl+Z in the grid brings the lines back.")))
        self.set_first()

    @Slot(int, int)
    def _pasted(self, taken: int, there: int) -> None:
        if there > taken:
            told = words.text("The grid takes {n} lines: bring the file itself for more.").format(n=MOST)
            self.told.emit(Told("attention", told))

    # What a draft keeps ----------------------------------------------------------------------------------------------

    def values(self) -> dict[str, Value]:
        """As a draft keeps it."""
        lines = self.rows.typed_lines()
        return {"lines": [_SIGN.join(line) for line in lines]} if lines else {}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Go on with it."""
        kept = values.get("lines")
        if isinstance(kept, list):
            self.rows.fill([line.split(_SIGN) for line in kept[:MOST]])

    # What there is to say --------------------------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        self.drafting.touch()
        self._say()
        self._judge_soon()

    def _judge_soon(self) -> None:
        self._timer.start()

    @Slot()
    def _judge(self) -> None:
        if self._task is not None:
            self._asked_again = True
        elif self.isVisible():
            job = partial(typed_lines.judged, self._desk, self.rows.typed_lines())
            self._task = tasks.run(job, self._judged, self._not_judged, lambda *_: None)

    def _judged(self, judged: Sequence[TypedLine]) -> None:
        self._task = None
        self.rows.judge(judged)
        self._say()
        if self._asked_again:
            self._asked_again = False
            self._judge()

    def _not_judged(self, error: ShelterDeskError) -> None:
        self._task, self._asked_again = None, False
        if not isinstance(error, tasks.Stopped):
            self.told.emit(Told("blocked", sentence(error)))

    def hideEvent(self, event: QHideEvent) -> None:
        """Left, or locked: what is judged ends at its next step."""
        super().hideEvent(event)
        if self._task is not None:
            self._task.stop()

    def _see_beds(self) -> None:
        board = bed_board.board(self._desk, self._desk.today())
        free = (look for room in board.rooms for look in room.beds if look.is_free)
        self._free = tuple(look.bed.code for look in free)
        self._offer_beds()

    def _offer_beds(self) -> None:
        place = typed_lines.KEYS.index("bed_code")
        used = {line[place].casefold() for line in self.rows.lines}
        self.table.beds = [code for code in self._free if code.casefold() not in used]

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, _index: QModelIndex, _former: QModelIndex) -> None:
        self._say()

    def _say(self) -> None:
        self._offer_beds()
        index = self.table.currentIndex()
        at = index.row() if index.isValid() else 0
        level = self.rows.level(at)
        told = words.text("Line {n}. {said}").format(n=at + 1, said=self.rows.said(at)) if level else ""
        self.said.setText(told)
        self.said.set_ink(INKS[level])
        self.hint.setText(grid_texts.hint(index.column() if index.isValid() else SAID, self.table.beds))
        every = enumerate(self.rows.lines)
        self.count.setText(
            grid_texts.counted([self.rows.level(at) for at, line in every if not typed_lines.is_empty(line)])
        )
