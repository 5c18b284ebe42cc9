"""The row of tabs of the report, and one tab: its blocks one below the other, two abreast where they are narrow."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.stay_tables import ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t12_incidents import Lesson
from shelter_desk.ui import tokens
from shelter_desk.ui.reports.figure_rows import Beside
from shelter_desk.ui.reports.figure_table import FigureTable
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import ScrollArea, fill, in_column, in_row
from shelter_desk.ui.widgets.segments import Tabs
from shelter_desk.words import formats
from shelter_desk.words.help import explanation
from shelter_desk.words.reports import report_names
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words

SYNTHESIS = "synthesis"
TABLES = ("t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12")
CONTROLS = "controls"


class ReportTabs(Tabs):
    """Headlines and twelve tables in one row of an old screen: by name alone, the number is told on hovering.

    Where the names have no room, as in large text, the others are called by their number, the chosen one by its name.
    offered: those of a reader who is given fewer.
    """

    def __init__(self, offered: Collection[str] = (SYNTHESIS, *TABLES, CONTROLS)) -> None:
        every = (
            (SYNTHESIS, words.text("Synthesis")),
            *report_names.chapters(words.language()).items(),
            (CONTROLS, words.text("Controls")),
        )
        names = [one for one in every if one[0] in offered]
        super().__init__([(code, _name(code, whole)) for code, whole in names], tight=True)
        self.setAccessibleName(words.text("Tables of the report"))
        self._names = dict(names)
        for place, (_, whole) in enumerate(names):
            self.setTabToolTip(place, whole)
            self.setAccessibleTabName(place, whole)
        self.currentChanged.connect(self._fold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _fold(self) -> None:
        for is_short in (False, True):
            for place in range(self.count()):
                code = str(self.tabData(place))
                by_number = is_short and place != self.currentIndex() and code in TABLES
                self.setTabText(place, code.upper() if by_number else _name(code, self._names[code]))
            if sum(self.tabSizeHint(place).width() for place in range(self.count())) <= self.width():
                return


def _name(code: str, whole: str) -> str:
    """`Mouvements` of `T2 Mouvements`."""
    return whole.removeprefix(f"{code.upper()} ")


def tab_of(table: ReportTable) -> str:
    """`t12` of `t12.incidents.incident_type`, `t2` of `t2_categories`."""
    return table.name.partition(".")[0].partition("_")[0]


BESIDE: dict[str, Beside] = {"t1": "definition", synthesis_words.TABLE: "comment"}  # what the last column says
EXPLAINED = {"t1": ("nuitee", "occupation"), "t2": ("nuitee",)}  # topics of the help cards, by table


def lessons_card(found: Sequence[Lesson]) -> Card | None:
    """None where there is none."""
    if not found:
        return None
    card = Card(words.text("Lessons of the incidents closed in the period"))
    for one in found:
        kind = words.label("incident_type", one.incident_type)
        card.body.addWidget(Label(f"{formats.day(one.closed_on)} · {kind}", size="small", ink="ink2"))
        lesson = Label(one.text)
        lesson.setWordWrap(True)
        card.body.addWidget(lesson)
    return card


class Block(QFrame):
    """One table on a card; below it the cards that explain its words."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.table = FigureTable(BESIDE.get(name, "nothing"))
        whole = in_column(self.table, within=self, margins=1)
        self.marks = [HelpMark(topic, whole) for topic in EXPLAINED.get(name, ())]
        if self.marks:
            foot = in_row(spacing=tokens.SPACE_HALF, margins=(tokens.SPACE_2, tokens.SPACE_HALF))
            for mark in self.marks:
                fill(foot, mark, Label(explanation(mark.topic).title, size="small", ink="ink2"), tokens.SPACE)
            foot.addStretch(1)
            whole.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 opens what explains the words of this table."""
        if not explains(event, *self.marks):
            super().keyPressEvent(event)


class ReportTab(ScrollArea):
    """The blocks of a tab; arrows walk from one to the next."""

    opened = Signal(object)  # Ref
    comment_wanted = Signal(object)  # Ref

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("ring", "none")
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.SPACE_PANEL)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._blocks: dict[str, Block] = {}
        self._shown: list[Block] = []
        self.told: QWidget | None = None
        self.setWidget(inside)

    def show_tables(self, tables: Sequence[ReportTable], report: Report) -> None:
        """Show these blocks, in this order."""
        for block in self._shown:
            block.setVisible(block in [self._blocks.get(table.name) for table in tables])
        self._shown = [self._block(table.name) for table in tables]
        for block, table in zip(self._shown, tables, strict=True):
            block.table.show_table(table, report, report_words.table(table.name))
            block.show()
        self._arrange()

    def tell(self, card: QWidget | None) -> None:
        """What is told in words below the blocks; None takes it away."""
        if self.told is not None:
            self.told.hide()
            self._grid.removeWidget(self.told)
            self.told.deleteLater()
        self.told = card
        self._arrange()

    def mark_balance(self, holds: bool) -> None:
        """Say in the corner of the first block whether a + b − c = d in every cell."""
        for block in self._shown[:1]:
            badge = block.table.badge
            badge.say(words.text("a + b − c = d, everywhere"), "ok" if holds else "blocked", "check" if holds else None)
            if not holds:
                badge.setText(words.text("a + b − c ≠ d"))
            badge.show()
            block.table.caption.hide()
            block.table.fit()

    def tables(self) -> list[FigureTable]:
        """The tables shown, from top to bottom."""
        return [block.table for block in self._shown]

    def mark_opened(self, ref: Ref | None) -> None:
        """Box the cell of that figure wherever it stands."""
        for table in self.tables():
            table.mark_opened(ref)

    def mark_said(self, comments: Mapping[Ref, str], to_explain: Collection[Ref]) -> None:
        """Mark the figures of which something is said, or should be."""
        for table in self.tables():
            table.mark_said(comments, to_explain)

    def take_focus(self, ref: Ref) -> None:
        """Put the focus on the cell of that figure, on the first table where it does not stand here."""
        tables = self.tables()
        for table in tables:
            place = table.figures.place_of(ref)
            if place.isValid():
                table.setCurrentIndex(place)
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if tables:
            tables[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _block(self, name: str) -> Block:
        if name not in self._blocks:
            block = self._blocks[name] = Block(name, self.widget())
            block.table.opened.connect(self.opened)
            block.table.comment_wanted.connect(self.comment_wanted)
            block.table.left.connect(self._go_on)
            block.table.walked.connect(self._bring_into_sight)
        return self._blocks[name]

    def _arrange(self) -> None:
        half = (self.viewport().width() - self._grid.spacing()) // 2
        row, is_left = 0, True
        for block in self._shown:
            narrow = block.table.needed() + 2 <= half and block.table.figures.beside == "nothing"
            if not narrow and not is_left:
                row, is_left = row + 1, True
            self._grid.addWidget(block, row, 0 if is_left else 1, 1, 1 if narrow else 2, Qt.AlignmentFlag.AlignTop)
            if narrow and is_left:
                is_left = False
            else:
                row, is_left = row + 1, True
        if self.told is not None:
            row = row if is_left else row + 1
            self._grid.addWidget(self.told, row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        for place in range(self._grid.rowCount()):
            self._grid.setRowStretch(place, 0)
        self._grid.setRowStretch(row + 1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    @Slot(int)
    def _go_on(self, step: int) -> None:
        tables, at = self.tables(), self.sender()
        if isinstance(at, FigureTable) and 0 <= tables.index(at) + step < len(tables):
            tables[tables.index(at) + step].enter_from(step, at.currentIndex().column())

    @Slot(QRect)
    def _bring_into_sight(self, box: QRect) -> None:
        at, inside = self.sender(), self.widget()
        if isinstance(at, FigureTable) and inside is not None:
            place = QRect(at.mapTo(inside, box.topLeft()), box.size())
            self.ensureVisible(place.center().x(), place.bottom(), 0, 8)
            self.ensureVisible(place.center().x(), place.top(), 0, 8)
