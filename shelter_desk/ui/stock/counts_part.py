"""Counts: those under way and those of before; in place of the list one of them, blind, with its differences, approved.

A count being begun, and a lot that stood on the shelf and not on the sheet.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken, ShelterDeskError
from shelter_desk.domain.ids import CountId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.counting import StockCount
from shelter_desk.domain.stock.refusals import SamePerson
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue, stock_counts
from shelter_desk.operations.stock.stock_counts import BlindSheet, CountEntry, CountFound
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.asked_words import ask_words
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Teller, Told
from shelter_desk.ui.stock import amounts, lists, printing
from shelter_desk.ui.stock.count_rows import COUNTED, RECOUNT, CountRows, CountTable
from shelter_desk.ui.stock.lists import GrantField
from shelter_desk.ui.stock.receipt_form import LotFields
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
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
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE, tokens.SPACE_HALF, middle=True)
        self._button(row, "back", words.text("All counts"), "previous", self.back)
        row.addWidget(self.title)
        row.addWidget(self.state)
        self._button(row, "print", words.text("Print the counting sheet…"), "print", self.print_it)
        self._button(row, "pdf", words.text("PDF…"), "save", self.save)
        self._button(row, "found", words.text("Another lot found…"), "plus", self.found_wanted)
        self._button(row, "give_up", words.text("Give up…"), "close", self.give_up)
        self._button(row, "approve", words.text("Approve…"), "check", self.approve)
        self.buttons["approve"].set_kind("primary")
        in_column(row, self.about, within=head, margins=(tokens.SPACE_2, tokens.SPACE))
        in_column(head, (self.table, 1), within=self, spacing=0)
        self.refresh()

    def _button(self, row: Flow, name: str, text: str, icon: str, act: Callable[[], None] | SignalInstance) -> None:
        self.buttons[name] = Button(text, icon=icon, on_click=act)
        row.addWidget(self.buttons[name])

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
        if self.sheet.again:
            return words.count("{n} line to count again", "{n} lines to count again", len(self.sheet.again))
        if not self.sheet.differences:
            return words.text("no difference")
        return words.count("{n} difference", "{n} differences", len(self.sheet.differences))

    def set_first(self) -> None:
        """The first line that is not counted, else the first difference."""
        focus(self.table)
        empty = self.rows.next_empty(-1)
        lines = self.sheet.count.lines
        differs = next((at for at, line in enumerate(lines) if line.id in self.sheet.again), 0)
        self.table.go_to(differs if empty is None else empty, RECOUNT if empty is None else COUNTED)

    @Slot(object)
    def _written(self, entry: CountEntry) -> None:
        if self.attempt(lambda: stock_counts.enter(self.desk, self.key, [entry])) is not None:
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
        conclusion = ask_words(
            self,
            self.desk,
            words.text("Approve count {no}?").format(no=self.sheet.count.count_no),
            words.text("The differences go into the stock, dated on the day of the count. This is not undone."),
            words.text("Approve"),
            words.text("Conclusion"),
            required=False,
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
        self._send(printing.print_it)

    @Slot()
    def save(self) -> None:
        """The same as a PDF."""
        self._send(printing.save)

    def _send(self, send: Callable[[QWidget, str, str], str]) -> None:
        number = self.sheet.count.count_no
        self.tell(printed(self.desk, "stock_count", self.attempt(lambda: send(self, self._html(), number)), number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)


class BeginCountForm(ActForm):
    """What is counted and by whom: two people, one of them not of the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Begin a count"), words.text("Freeze and begin"), "check")
        self.begun: CountId | None = None
        self.category = ChoiceField(
            words.text("What is counted"),
            [("", words.text("the whole stock")), *code_lists.of("stock_category")],
            "",
            key="stock_category",
        )
        self.one = LineField(words.text("Who counts (initials or function)"), required=True, key="team")
        self.other = LineField(words.text("And who else, not of the store"), required=True, key="other")
        self.row((self.category, 280), (self.one, 280), (self.other, 280))
        told = words.text(
            "The stock is frozen at this minute. What comes and goes while you count is added on top of it. "
            "The sheet does not say what the stock expects."
        )
        self.explain(told)
        self.first = self.one

    def act(self) -> Told:
        self.begun = stock_counts.begin(self.desk, [self.one.text(), self.other.text()], self.category.code())
        return Told("ok", words.text("The count has begun. Print the sheet, or type what you count."))

    def field_of(self, error: RuleBroken) -> Field | None:
        return self.other if isinstance(error, SamePerson) else super().field_of(error)


class FoundForm(ActForm):
    """A lot found while counting."""

    def __init__(self, desk: Desk, key: CountId) -> None:
        super().__init__(desk, words.text("Another lot found"), words.text("Add it to the sheet"), "plus")
        self._key = key
        known = [one for one in stock_catalogue.items(desk) if one.id in stock_counts.sheet(desk, key).count.items]
        self.item = ChoiceField(words.text("Item"), lists.items(known), required=True, key="item_code")
        self.amount = LineField(words.text("Counted"), required=True, key="counted")
        self.donor = CodeField(words.text("Donor"), "donor")
        self.grant = GrantField(stock_catalogue.grants(desk))
        self.lot = LotFields(desk)
        self.lot.cost.hide()
        self.row((self.item, 300), (self.amount, 110), (self.donor, 200), (self.grant, 220))
        self.add(self.lot)
        self.donor.chosen.connect(self._donor_chosen)
        self.first = self.item

    @Slot()
    def _donor_chosen(self, _code: object = None) -> None:
        self.grant.follow(self.donor.code(), self.desk.today())

    def act(self) -> Told:
        chosen = self.item.value()
        if not chosen:
            raise Missing("item_code")
        if not self.amount.text():
            raise Missing("counted")
        amount = amounts.read(self.amount.text(), "counted")
        found = CountFound(lists.number(chosen), self.lot.lot(self.donor.code(), self.grant.code()), amount)
        stock_counts.enter(self.desk, self._key, [], [found])
        return Told("ok", words.text("The lot is on the sheet."))


class CountsPart(ListRoom[StockCount]):
    """Enter opens a count; the button begins another."""

    of_persons = False
    opens_beside = False
    view: CountSheet | None

    def __init__(self, desk: Desk) -> None:
        self._may = desk.may(Permission.STOCK_EDIT)
        empty = Empty(
            "list",
            words.text("Nothing was counted yet"),
            words.text("Two people count what is on the shelves. Differences are counted again, explained, approved."),
            words.text("Begin a count…") if self._may else None,
        )
        super().__init__(desk, _columns(), words.text("Counts"), empty)
        self.new_button = self.begin_button(words.text("Begin a count…"))
        self.lay_out(head_row(right=[self.new_button]))

    def ask(self) -> Sequence[StockCount]:
        found = stock_counts.listed(self.desk)
        self.new_button.setVisible(self._may and bool(found))
        return found

    def key_of(self, line: StockCount) -> int:
        return line.id

    def is_editing(self) -> bool:
        """A sheet that is open looks again by itself, between two numbers."""
        return super().is_editing() or (self.view is not None and self.view.sheet.count.is_open)

    @Slot()
    def begin(self) -> None:
        """The form of a new count."""
        form = BeginCountForm(self.desk)
        form.acted.connect(self._begun)
        self.open_form(form, "count/")

    def reopen(self, kind: str, at: str) -> None:
        if kind == "count":
            self.begin()
        elif kind == "found" and at.isdecimal():
            self.open_count(CountId(int(at)))
            self._add_found()

    @Slot()
    def _begun(self) -> None:
        form = self.sender()
        if isinstance(form, BeginCountForm) and form.begun is not None:
            self.open_count(form.begun)

    @Slot(object)
    def enter(self, line: StockCount) -> None:
        self.open_count(line.id)
        self.set_first()

    def open_count(self, key: CountId) -> None:
        """That count in place of the list."""
        sheet = self.attempt(lambda: CountSheet(self.desk, key))
        if sheet is None:
            return
        self.show_over(sheet)
        sheet.told.connect(self.told)
        sheet.back.connect(self.close_view)
        sheet.found_wanted.connect(self._add_found)

    def open_again(self, _key: int) -> None:
        if self.view is not None:
            self.view.refresh()

    @Slot()
    def _add_found(self) -> None:
        if self.view is not None:
            self.open_form(FoundForm(self.desk, self.view.key), f"found/{self.view.key}")


def _columns() -> list[TableColumn[StockCount]]:
    return [
        TableColumn(words.text("Count no."), lambda one: one.count_no, BY_TEXT, bold=True),
        TableColumn(words.text("Day"), lambda one: formats.day(one.counted_on), lambda one: (one.counted_on, one.id)),
        TableColumn(
            words.text("What is counted"),
            lambda one: words.label("stock_category", one.category) if one.category else words.text("the whole stock"),
            BY_TEXT,
        ),
        TableColumn(words.text("State"), _state, BY_TEXT, badge=lambda one: "held" if one.is_open else "neutral"),
        TableColumn(words.text("Lines"), lambda one: str(len(one.lines)), lambda one: len(one.lines), "right"),
        TableColumn(words.text("Differences"), _differences, BY_TEXT, "right"),
        TableColumn(words.text("Counted by"), lambda one: ", ".join(one.team)),
        TableColumn(words.text("Conclusion"), lambda one: one.conclusion, gives_way=1),
    ]


def _state(one: StockCount) -> str:
    return {
        "ouvert": words.text("under way"),
        "approuve": words.text("approved"),
        "annule": words.text("given up"),
    }[one.status]


def _differences(one: StockCount) -> str:
    if one.status != "approuve":
        return formats.NONE
    return str(sum(line.found != line.theoretical for line in one.lines))
