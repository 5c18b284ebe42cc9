"""What has expired and what will, within thirty, sixty or ninety days.

What is used a person-night, month by month; what is far from usual is named.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.moments import Period
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import THOUSAND
from shelter_desk.domain.stock.moves import EXPIRED
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stock import stock
from shelter_desk.operations.stock.stock import Consumption, Expiring
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.stock import amounts
from shelter_desk.ui.stock.write_off_form import WriteOffForm
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats

MONTHS = 6
_GRAMS = {"kg": "g", "litre": "ml"}
_DAYS = ("30", "60", "90")


class UsePart(ListRoom[Consumption]):
    """One row an item, the last full month first; a unit typed for a carton is seen here."""

    of_persons = False
    opens_beside = False
    chooses_first = True

    def __init__(self, desk: Desk) -> None:
        month = Period(desk.today(), desk.today()).month_before
        self._months = [month]
        while len(self._months) < MONTHS:
            self._months.append(self._months[-1].month_before)
        super().__init__(desk, self._columns(), words.text("Use a person-night"))
        self.unlikely = Alert("", "attention", True)
        self.fuel = Alert("", "attention", True)
        told = words.text("Issues to residents, groups and the house, divided by the nights slept here that month.")
        self.table.horizontalHeader().setStretchLastSection(False)
        self.lay_out(in_column(Label(told, size="small", ink="ink2", wrap=True), self.unlikely, self.fuel))

    def ask(self) -> Sequence[Consumption]:
        found = stock.consumption(self.desk, self._months)
        strange = [one for one in found if one.is_unlikely]
        text = words.text("Far from usual in {month}: {items}. Was a carton typed as a piece?")
        names = ", ".join(one.item.designation for one in strange)
        self.unlikely.sentence.setText(text.format(month=formats.month(self._months[0].first), items=names))
        self.unlikely.setVisible(bool(strange))
        self._show_fuel()
        return sorted(found, key=lambda one: not one.is_unlikely)

    def first_of_head(self) -> QWidget:
        return self.table

    def _show_fuel(self) -> None:
        """S-08."""
        use = stock.fuel(self.desk, self._months)
        if use is not None and use.jumps:
            text = words.text(
                "Fuel in {month}: {litres} litres went out for {hours} hours of the generator, {rate} L/h; "
                "before it was {usual} L/h. Compare the slips with the log."
            )
            self.fuel.sentence.setText(
                text.format(
                    month=formats.month(use.last.month.first),
                    litres=formats.number(use.last.litres, 1),
                    hours=formats.number(use.last.hours, 1),
                    rate=formats.number(use.last.rate or 0, 1),
                    usual=formats.number(use.usual or 0, 1),
                )
            )
        self.fuel.setVisible(use is not None and use.jumps)

    def _columns(self) -> list[TableColumn[Consumption]]:
        months = [
            TableColumn(
                formats.month_title(month.first),
                lambda one, at=at: _rate(one, at),  # type: ignore[misc]
                lambda one, at=at: one.per_night[at] or 0,  # type: ignore[misc]
                "right",
                at == 0,
                (lambda one: "attention" if one.is_unlikely else None) if at == 0 else None,
            )
            for at, month in enumerate(self._months)
        ]
        return [
            TableColumn(words.text("Item"), lambda one: one.item.designation, BY_TEXT, bold=True),
            TableColumn(
                words.text("A person-night"),
                lambda one: _GRAMS.get(one.item.unit) or words.label("unit", one.item.unit).lower(),
                BY_TEXT,
            ),
            *months,
        ]


def _rate(one: Consumption, at: int) -> str:
    rate = one.per_night[at]
    if rate is None:
        return formats.NONE
    if one.item.unit in _GRAMS:
        return formats.number(rate * THOUSAND)
    return formats.number(rate, 3) if rate else "0"


class ExpiringPart(ListRoom[Expiring]):
    """Lots in the order in which they expire; what has expired is written off with one button."""

    of_persons = False
    opens_beside = False
    chooses_first = True

    def __init__(self, desk: Desk) -> None:
        empty = Empty(
            "circle-check",
            words.text("Nothing expires in these days"),
            words.text("Lots stand here before they expire, so that they are used first."),
        )
        super().__init__(desk, _columns(desk.today()), words.text("Lots that expire"), empty)
        self.days = ChipBar([(days, words.count("{n} day", "{n} days", int(days)), None) for days in _DAYS])
        self.days.switch("60")
        self.days.chosen.connect(self.look_again)
        self.write_off_button = Button(words.text("Write off what has expired…"), "danger", "leave")
        self.write_off_button.clicked.connect(self.begin)
        self.lay_out(head_row(wide=self.days, right=[self.write_off_button]))

    def ask(self) -> Sequence[Expiring]:
        found = stock.expiring(self.desk, int(self.days.on()[0]))
        has_gone = any(one.lot.is_expired(self.desk.today()) for one in found)
        self.write_off_button.setVisible(has_gone and self.desk.may(Permission.STOCK_EDIT))
        return found

    def form_of(self, line: Expiring | None) -> tuple[WriteOffForm, str] | None:
        """The form with every lot that has expired."""
        gone = [(one.item, one.lot, one.amount) for one in self.lines if one.lot.is_expired(self.desk.today())]
        return (WriteOffForm(self.desk, EXPIRED, gone), "write_off/") if line is None else None

    def first_of_head(self) -> QWidget:
        return self.days.chip(self.days.on()[0])


def _columns(today: date) -> list[TableColumn[Expiring]]:
    def when(one: Expiring) -> str:
        days = 0 if one.lot.expiry_on is None else (one.lot.expiry_on - today).days
        if days < 0:
            return words.text("expired")
        return words.count("in {n} day", "in {n} days", days) if days else words.text("today")

    def ink(one: Expiring) -> str:
        return "blocked" if one.lot.is_expired(today) else "attention"

    return [
        TableColumn(words.text("Item"), lambda one: one.item.designation, BY_TEXT, bold=True),
        TableColumn(
            words.text("Expires on"),
            lambda one: formats.NONE if one.lot.expiry_on is None else formats.day(one.lot.expiry_on),
            lambda one: str(one.lot.expiry_on),
            ink=ink,
        ),
        TableColumn(words.text("When"), when, lambda one: str(one.lot.expiry_on), ink=ink),
        TableColumn(
            words.text("Quantity"),
            lambda one: amounts.said(one.amount, one.item),
            lambda one: one.amount,
            "right",
        ),
        TableColumn(words.text("Lot"), lambda one: one.lot.lot_no, BY_TEXT),
        TableColumn(
            words.text("Donor"),
            lambda one: words.label("donor", one.lot.donor) if one.lot.donor else formats.NONE,
            BY_TEXT,
        ),
        TableColumn(words.text("Grant"), lambda one: one.lot.grant, BY_TEXT, gives_way=1),
    ]
