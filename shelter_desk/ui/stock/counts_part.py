"""Counts: those under way and those of before; one of them in place of the list.

A count being begun, and a lot that stood on the shelf and not on the sheet.
"""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import CountId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.counting import StockCount
from shelter_desk.domain.stock.refusals import SamePerson
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock_catalogue, stock_counts
from shelter_desk.operations.stock.stock_counts import CountFound
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock import amounts, lists
from shelter_desk.ui.stock.count_sheet import CountSheet
from shelter_desk.ui.stock.lists import GrantField
from shelter_desk.ui.stock.receipt_form import LotFields
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.words import formats


class BeginCountForm(ActForm):
    """What is counted and by whom: two people, one of them not of the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Begin a count"), words.text("Freeze and begin"), "check")
        self.begun: CountId | None = None
        self.category = ChoiceField(
            words.text("What is counted"),
            [("", words.text("the whole stock")), *lists.of("stock_category")],
            "",
            key="stock_category",
        )
        self.one = LineField(words.text("Who counts (initials or function)"), required=True, key="team")
        self.other = LineField(words.text("And who else, not of the store"), required=True, key="other")
        row = Flow()
        for field in (self.category, self.one, self.other):
            field.setFixedWidth(tokens.wide(280))
            row.add(field)
        self.body.addLayout(row)
        told = words.text(
            "The stock is frozen at this minute. What comes and goes while you count is added on top of it. "
            "The sheet does not say what the stock expects."
        )
        self.explain(told)
        self.first = self.one

    def act(self) -> Told:
        self.begun = stock_counts.begin(self.desk, [self.one.text(), self.other.text()], self.category.code())
        return Told("ok", words.text("The count has begun. Print the sheet, or type what you count."))

    def refuse(self, error: RuleBroken) -> None:
        if isinstance(error, SamePerson):
            self.other.set_error(self.sentence(error))
            self.other.setFocus()
            return
        super().refuse(error)


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
        TableColumn(words.text("What is counted"), _what, BY_TEXT),
        TableColumn(words.text("State"), _state, BY_TEXT, ink=lambda one: "held" if one.is_open else "ink2"),
        TableColumn(words.text("Lines"), lambda one: str(len(one.lines)), lambda one: len(one.lines), "right"),
        TableColumn(words.text("Differences"), _differences, BY_TEXT, "right"),
        TableColumn(words.text("Counted by"), lambda one: ", ".join(one.team)),
        TableColumn(words.text("Conclusion"), lambda one: one.conclusion, gives_way=1),
    ]


def _what(one: StockCount) -> str:
    return words.label("stock_category", one.category) if one.category else words.text("the whole stock")


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
