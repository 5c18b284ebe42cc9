"""One count: the blind sheet, then differences, then the approval."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import CountId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue, stock_counts
from shelter_desk.operations.stock.stock_counts import BlindSheet, CountEntry
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Teller, Told
from shelter_desk.ui.stock import printing
from shelter_desk.ui.stock.count_rows import COUNTED, RECOUNT, CountRows, CountTable
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class CountSheet(Teller):
    """Each number is kept as soon as it is typed: a power cut loses none."""

    back = Signal()
    found_wanted = Signal()

    def __init__(self, desk: Desk, key: CountId) -> None:
        super().__init__()
        self.desk, self.key = desk, key
        self.sheet: BlindSheet = stock_counts.sheet(desk, key)
        self.title = Label(size="title", bold=True)
        self.about = Label(size="small", ink="ink2", wrap=True)
        self.state = Label(bold=True)
        self.rows = CountRows(self)
        self.rows.may_write = desk.may(Permission.STOCK_EDIT)
        self.table = CountTable(self.rows)
        self.rows.written.connect(self._written)
        self.rows.read.connect(self._read)
        self.buttons: dict[str, Button] = {}
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        self._button(row, "back", words.text("All counts"), "previous", self.back.emit)
        row.addWidget(self.title)
        row.addWidget(self.state)
        self._button(row, "print", words.text("Print the sheet…"), "print", self.print_it)
        self._button(row, "pdf", words.text("PDF…"), "save", self.save)
        self._button(row, "found", words.text("Another lot found…"), "plus", self.found_wanted.emit)
        self._button(row, "give_up", words.text("Give up…"), "close", self.give_up)
        self._button(row, "approve", words.text("Approve…"), "check", self.approve)
        self.buttons["approve"].set_kind("primary")
        around = QVBoxLayout(head)
        around.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        around.addLayout(row)
        around.addWidget(self.about)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self.table, 1)

    def _button(self, row: Flow, name: str, text: str, icon: str, slot: Callable[[], None]) -> None:
        button = Button(text, icon=icon)
        button.clicked.connect(slot)
        self.buttons[name] = button
        row.addWidget(button)

    def refresh(self) -> None:
        """Ask again and show."""
        self.sheet = stock_counts.sheet(self.desk, self.key)
        count = self.sheet.count
        self.title.setText(count.count_no)
        text = words.text(
            "Frozen on {moment} (counters: {team}). What moves now is added on top of it. "
            "A barcode reader goes to the line of the label."
        )
        self.about.setText(text.format(moment=formats.moment(count.cut_off_at), team=", ".join(count.team)))
        self.rows.show(self.sheet)
        self.state.setText(self._state())
        may_write, may_approve = (self.desk.may(p) for p in (Permission.STOCK_EDIT, Permission.STOCK_APPROVE))
        for name, there in (
            ("print", count.status != "annule"),
            ("pdf", count.status != "annule"),
            ("found", may_write and count.is_open),
            ("give_up", may_write and count.is_open),
            ("approve", may_approve and count.is_open and not self.sheet.is_blind and not self.sheet.again),
        ):
            self.buttons[name].setVisible(there)

    def _state(self) -> str:
        count = self.sheet.count
        if count.status == "approuve":
            return words.text("approved")
        if count.status == "annule":
            return words.text("given up")
        if self.sheet.is_blind:
            left = sum(line.counted is None for line in count.lines)
            return words.count("{n} line to count", "{n} lines to count", left)
        again, differences = len(self.sheet.again), len(self.sheet.differences)
        if again:
            return words.count("{n} line to count again", "{n} lines to count again", again)
        if not differences:
            return words.text("no difference")
        return words.count("{n} difference", "{n} differences", differences)

    def set_first(self) -> None:
        """The first line that is not counted, else the first difference."""
        focus(self.table)
        empty = self.rows.next_empty(-1)
        lines = self.sheet.count.lines
        differs = next((at for at, line in enumerate(lines) if line.id in self.sheet.again), 0)
        self.table.go_to(differs if empty is None else empty, RECOUNT if empty is None else COUNTED)

    @Slot(object)
    def _written(self, entry: CountEntry) -> None:
        try:
            stock_counts.enter(self.desk, self.key, [entry])
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", self.sentence(error)))
            return
        QTimer.singleShot(0, self, self._after_written)  # the editor goes first

    @Slot(str)
    def _read(self, typed: str) -> None:
        """A reader typed a label into the table: its line is the next one."""
        read = self.attempt(lambda: stock_catalogue.read_label(self.desk, typed))
        if read is None:
            return
        place = self.rows.place_of(read.item, read.lot_no)
        if place is None:
            self.told.emit(Told("attention", words.text("{code} is not on this sheet.").format(code=typed)))
        else:
            self.table.send_to(place)

    @Slot()
    def _after_written(self) -> None:
        was_blind = self.sheet.is_blind
        self.refresh()
        if was_blind and not self.sheet.is_blind and self.sheet.again:
            told = words.text("Every line is counted. Count the differences again, then say their cause.")
            self.told.emit(Told("attention", told))
            self.set_first()

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
            self.refresh()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", self.sentence(error)))
            return False
        return True

    @Slot()
    def approve(self) -> None:
        """Adjust the stock to what was counted."""
        conclusion = ask.ask(
            self,
            words.text("Approve count {no}?").format(no=self.sheet.count.count_no),
            words.text("The differences go into the stock, dated on the day of the count. This is not undone."),
            words.text("Approve"),
            field_label=words.text("Conclusion"),
        )
        if conclusion is None:
            return
        if self._do(lambda: stock_counts.approve(self.desk, self.key, conclusion)):
            self.tell(words.text("Count approved. The stock says what was counted."))

    @Slot()
    def give_up(self) -> None:
        """Close it without adjusting anything."""
        answer = ask.ask(
            self,
            words.text("Give the count up?"),
            words.text("Nothing is adjusted. The sheet stays to be read."),
            words.text("Give up"),
            danger=True,
        )
        if answer is not None and self._do(lambda: stock_counts.give_up(self.desk, self.key)):
            self.tell(words.text("Count given up."))

    def _html(self) -> str:
        return printing.blind_sheet(self.sheet) if self.sheet.count.is_open else printing.minutes(self.sheet)

    @Slot()
    def print_it(self) -> None:
        """The blind sheet to fill in by hand, or the minutes once it is approved."""
        self.tell(self.attempt(lambda: printing.print_it(self, self._html(), self.sheet.count.count_no)))

    @Slot()
    def save(self) -> None:
        """The same as a PDF."""
        self.tell(self.attempt(lambda: printing.save(self, self._html(), self.sheet.count.count_no)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)
