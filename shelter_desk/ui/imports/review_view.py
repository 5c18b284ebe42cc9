"""The third step: every line of the file as new, changed, same, doubtful or refused; only the problems at first."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, intake
from shelter_desk.operations.imports.intake import FileLine, LayoutAnswers, Place, Review, State
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.imports import import_texts, laid
from shelter_desk.ui.imports.line_detail import LineDetail
from shelter_desk.ui.imports.review_rows import ReviewRows, ReviewTable
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, table_frame
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import corrections, formats, imports

PROBLEMS, ALL = "problems", "all"
_SHOWN: dict[str, tuple[State, ...]] = {
    PROBLEMS: ("refused", "doubtful", "decided"),
    "refused": ("refused",),
    "doubtful": ("doubtful", "decided"),
    "new": ("new",),
    "changed": ("changed",),
    "same": ("same",),
    "idle": ("repeated", "unread"),
    ALL: intake.STATES,
}


class ReviewFace(QWidget):
    """Chips with counts, the lines, the line chosen at right; nothing is written before the verb."""

    wanted = Signal()  # take in what is accepted
    given_up = Signal()
    back_wanted = Signal()
    values_wanted = Signal()
    incomplete_wanted = Signal(bool)  # take in what is not understood, to be completed
    copy_wanted = Signal(object)  # Path
    told = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._review: Review | None = None
        self._decided: dict[Place, str] = {}
        self._masked = False
        self.chips = ChipBar(
            (
                (PROBLEMS, words.text("Problems"), 0),
                ("refused", words.text("Refused lines"), 0),
                ("doubtful", words.text("Doubtful lines"), 0),
                ("new", words.text("New lines"), 0),
                ("changed", words.text("Changed lines"), 0),
                ("same", words.text("Lines that are the same"), 0),
                ("idle", words.text("Lines without effect"), 0),
                (ALL, words.text("All lines"), 0),
            ),
            wraps=True,
        )
        self.chips.chosen.connect(self.show_only)
        self.summary = Label(size="small", ink="ink2")
        self.taken = Alert("", "attention")
        self.invented = Alert(imports.invented(), "blocked")
        self.assumed = ElidedLabel(size="small", ink="ink2")
        self.late_reason = LateReason(desk)
        self.incomplete = QCheckBox()
        self.incomplete.clicked.connect(self.incomplete_wanted)
        self.incomplete_told = laid.TickText(self.incomplete)
        self.unknown = Button(words.text("Values that no list has…"), icon="list", on_click=self.values_wanted)
        self.rows = ReviewRows()
        self.table = ReviewTable(self.rows)
        self.table.selected.connect(self._show)
        self.table.opened.connect(self._enter)
        self.detail = LineDetail(desk)
        self.detail.decided.connect(self._decide)
        self.detail.all_new.connect(self._all_new)
        self.detail.told.connect(self.told)
        self.detail.step.connect(self.step)
        self.empty = Empty("check", words.text("No problem"), words.text("Every line can be taken in as it is."))
        self.close_button = Button(words.text("Give up"), tall="footer", on_click=self.given_up)
        self.back = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.back_wanted)
        self.copy = Button(words.text("Copy to correct…"), icon="save", tall="footer", on_click=self._copy)
        self.note = Label(size="small", ink="ink2")
        self.take = Button("", "primary", "import", words.text("Ctrl+Enter"), tall="footer", on_click=self.wanted)
        self._lay_out()
        for key, way in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.step, way))

    def _lay_out(self) -> None:
        line = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        line.add(self.summary)
        line.add_right(self.unknown)
        self._body = QStackedWidget()
        self._body.addWidget(table_frame(self.table))
        self._body.addWidget(self.empty)
        self._waiting = QWidget()
        in_row(
            (self.incomplete, 0, Qt.AlignmentFlag.AlignTop), (self.incomplete_told, 1), within=self._waiting, margins=0
        )
        left = in_column(
            self.invented,
            self.taken,
            self.chips,
            line,
            self._waiting,
            self.assumed,
            (self._body, 1),
            self.late_reason,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        across = in_row((left, 1), self.detail, spacing=0)
        laid.over_foot(self, across, [self.close_button, self.back, self.copy], [self.note, self.take])

    # What is shown ---------------------------------------------------------------------------------------------------

    def show_review(self, reviewed: Review) -> None:
        """The lines of a file, the problems first where there are any."""
        self._review = reviewed
        self._decided = dict(reviewed.answers.persons)
        self.detail.know(reviewed)
        self.invented.setVisible(reviewed.look is not None and reviewed.look.invented)
        if reviewed.taken is None:
            self.taken.hide()
        else:
            told = words.text("This very file was taken in on {day}: lines that are already there are not added twice.")
            self.taken.sentence.setText(told.format(day=formats.moment(reviewed.taken.taken_at)))
            self.taken.show()
        supposed = import_texts.supposed(reviewed)
        self.assumed.setText(" · ".join(supposed))
        self.assumed.setVisible(bool(supposed))
        self.late_reason.expect(reviewed.closed)
        self.unknown.setVisible(bool(reviewed.unknown or reviewed.meant))
        told = words.count("{n} value no list has…", "{n} values no list has…", len(reviewed.unknown))
        self.unknown.setText(told if reviewed.unknown else words.text("What values mean…"))
        self.copy.setVisible(bool(reviewed.of("refused")) and reviewed.opened.source is not RowSource.GRID)
        waiting = len(reviewed.could_wait)
        told = words.count(
            "Take in {n} line with values that are not understood: they count as unknown, and are to be completed",
            "Take in {n} lines with values that are not understood: they count as unknown, and are to be completed",
            waiting,
        )
        self.incomplete_told.say(told)
        self.incomplete.setChecked(reviewed.answers.incomplete)
        self._waiting.setVisible(bool(waiting) or reviewed.answers.incomplete)
        self._count()
        problems = reviewed.of(*_SHOWN[PROBLEMS])
        self.chips.switch(PROBLEMS if problems else ALL)
        self.show_only(PROBLEMS if problems else ALL)

    def _state(self, line: FileLine) -> State:
        if line.state == "doubtful" and line.place in self._decided:
            return "decided"
        return line.state

    def _count(self) -> None:
        if self._review is None:
            return
        counted = dict.fromkeys(_SHOWN, 0)
        for line in self._review.lines:
            state = self._state(line)
            for code, states in _SHOWN.items():
                counted[code] += state in states
        self.chips.set_counts(counted)
        n = len(self._review.lines)
        lines = words.count("{n} line in the file.", "{n} lines in the file.", n)
        if self._review.opened.source is RowSource.GRID:
            lines = words.count("{n} line in the grid.", "{n} lines in the grid.", n)
        elif self._review.opened.source is not RowSource.FILE:
            lines = words.count("{n} line to look through.", "{n} lines to look through.", n)
        told = words.text("{lines} Nothing is written yet.").format(lines=lines)
        seen = self._review.lines
        counts = sum(bool(line.moves) for line in seen), sum(bool(line.expired) for line in seen)
        self.summary.setText(" ".join((told, *corrections.counted(*counts))))
        left = self.undecided()
        before = self._review.answers.persons
        again = sum(
            one.place in self._decided and self._decided[one.place] != before.get(one.place)
            for one in self._review.of("refused")
        )
        count = self._review.to_write + again
        self.take.setText(words.count("Take in {n} line", "Take in {n} lines", count))
        self.take.setEnabled(bool(count) and not left)
        if left:
            self.note.setText(words.count("{n} doubt to decide", "{n} doubts to decide", left))
        elif not count:
            self.note.setText(words.text("There is nothing to import."))
        else:
            refused = counted["refused"]
            self.note.setText(words.count("{n} line stays out", "{n} lines stay out", refused) if refused else "")

    @Slot()
    def go_on(self) -> None:
        """Decide the doubt where the keys are, else take in."""
        verb = self.detail.decide if self.detail.is_deciding() else self.take
        if verb.isEnabled():
            verb.click()

    def undecided(self) -> int:
        """How many doubts wait for a decision."""
        lines = self._review.lines if self._review else ()
        return sum(self._state(line) == "doubtful" for line in lines)

    @Slot(str)
    def show_only(self, code: str) -> None:
        """The lines in these states."""
        if self._review is None:
            return
        lines = [line for line in self._review.lines if self._state(line) in _SHOWN[code]]
        sheets = len({line.sheet for line in self._review.lines})
        self.rows.show_lines(lines, several_sheets=sheets > 1, decided=self._decided)
        self.table.fit()
        self._body.setCurrentIndex(0 if lines else 1)
        self.detail.setVisible(bool(lines))
        if lines:
            self.table.go_to(0)

    def set_first(self) -> None:
        """To the lines, or to the verb where there is none."""
        first = self.table if self.rows.rowCount() else self.take if self.take.isEnabled() else self.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show(self, line: FileLine | None) -> None:
        if line is not None and self._review is not None:
            said_of = self._decided.get(line.place, "")
            self.detail.show_line(replace(line, decision=said_of), masked=self._masked)

    @Slot(object)
    def _enter(self, _line: FileLine) -> None:
        self.detail.set_first()

    # Problem after problem -------------------------------------------------------------------------------------------

    @Slot(int)
    def step(self, way: int) -> None:
        """To the next line that is refused or doubtful, 1, or the one before, -1; round at the end."""
        lines = self.rows.rows()
        here = self.table.currentIndex().row()
        for one in range(1, len(lines) + 1):
            place = (here + way * one) % len(lines)
            if self._state(lines[place]) in ("refused", "doubtful"):
                self.table.go_to(place)
                return

    @Slot(object, str)
    def _decide(self, place: Place, decision: str) -> None:
        self._decided[place] = decision
        self._decisions_changed()
        if self.undecided():
            self.step(1)
            line = self.table.current()
            doubts = [at for at, one in enumerate(self.rows.rows()) if self._state(one) == "doubtful"]
            if doubts and isinstance(line, FileLine) and self._state(line) != "doubtful":
                self.table.go_to(doubts[0])
            self.detail.set_first()
        elif self.take.isEnabled():
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _all_new(self) -> None:
        for line in self._review.lines if self._review else ():
            if self._state(line) == "doubtful":
                self._decided[line.place] = intake.NEW
        self._decisions_changed()
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decisions_changed(self) -> None:
        self.rows.decide(self._decided)
        self._count()
        self._show(self.table.current())

    def answers(self, before: LayoutAnswers) -> LayoutAnswers:
        """What was decided of the doubts of that file, with what was said before of the rest."""
        is_shown = self._review is not None and self._review.answers is before
        return replace(before, persons=dict(self._decided)) if is_shown and before.persons != self._decided else before

    # What leaves -----------------------------------------------------------------------------------------------------

    @Slot()
    def _copy(self) -> None:
        if self._review is None:
            return
        path = choose_copy(self, self._review)
        if path is not None:
            self.copy_wanted.emit(path)

    def mask_names(self, on: bool) -> None:
        """Names are hidden while on, in the lines and beside them."""
        self._masked = on
        self.rows.mask_names(on)
        self._show(self.table.current())


def choose_copy(parent: QWidget, reviewed: Review) -> Path | None:
    """Where the copy with the reasons is written; None when the window was closed."""
    source = reviewed.opened.path
    name = words.text("{name} to correct.xlsx").format(name=source.stem)
    kinds = "Excel (*.xlsx *.xlsm)"
    if import_rejects.is_text(source):
        name = str(Path(name).with_suffix(source.suffix))
        kinds = f"CSV (*{source.suffix});;{kinds}"
    return files.choose_to_save(parent, words.text("Where to write the copy"), name, kinds)
