"""Maintenance: what is due, tickets, and the log of the generator.

A day of the generator: when it started and stopped, and the fuel added.
"""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.maintenance import Measured, Run
from shelter_desk.domain.errors import BadNumber, Missing, RuleBroken
from shelter_desk.domain.ids import AssetId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, maintenance
from shelter_desk.operations.equipment.maintenance import MaintenanceDue, MaintenanceLine
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.equipment.happening_form import FaultForm, MendedForm
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_foot import ListFoot
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill
from shelter_desk.words import formats

MINUTES = 60


class RunForm(ActForm):
    """Hours are typed, or counted from start and stop."""

    def __init__(self, desk: Desk, asset: Asset) -> None:
        super().__init__(desk, words.text("Hours of the generator"), words.text("Write it"), "bolt")
        self._asset = asset
        today = desk.today()
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="run_on")
        self.start = ClockField(words.text("Started"))
        self.stop = ClockField(words.text("Stopped"))
        self.hours = LineField(words.text("Hours"), required=True, key="hours")
        self.fuel = LineField(words.text("Fuel added, litres"), required=True, key="fuel_litres")
        self.meter = LineField(words.text("Meter"))
        self.note = LineField(words.text("Remark"))
        self.body.addWidget(Label(choices.about([asset]), ink="ink2"))
        self.row((self.day, 160), (self.start, 100), (self.stop, 100), (self.hours, 90), (self.fuel, 160))
        self.row((self.meter, 120), (self.note, 420))
        self.jump = Label(size="small", ink="attention", wrap=True)
        self.add(self.jump)
        self.first = self.start
        self.start.changed.connect(self._count)
        self.stop.changed.connect(self._count)
        for field in (self.day, self.hours, self.fuel):
            field.changed.connect(self._warn)
        self._warn()

    def _count(self) -> None:
        """From start to stop, past midnight where it stopped earlier than it started."""
        first, last = self.start.clock(), self.stop.clock()
        if first is not None and last is not None and first != last:
            began, ended = (one.hour * MINUTES + one.minute for one in (first, last))
            minutes = (ended - began) % (24 * MINUTES)
            self.hours.set_text(f"{minutes / MINUTES:.2f}".rstrip("0").rstrip(".").replace(".", ","))

    @Slot()
    def _warn(self) -> None:
        """S-08, before it is written."""
        try:
            held = maintenance.held_against(self.desk, self._run())
        except RuleBroken:
            held = None
        if held is not None and held.jumps:
            text = words.text("{rate} L/h; before it was {usual} L/h. Look at the hours and the litres again.")
            told = text.format(rate=formats.number(held.run.rate or 0, 1), usual=formats.number(held.usual or 0, 1))
            self.jump.setText(told)
        self.jump.setVisible(held is not None and held.jumps)

    def _run(self) -> Run:
        """What was typed. Raises Missing."""
        day = self.day.asked()
        return Run(
            0,
            self._asset.id,
            day,
            _number(self.hours, "hours"),
            _number(self.fuel, "fuel_litres"),
            self.start.line.text().strip(),
            self.stop.line.text().strip(),
            _number(self.meter, "meter") if self.meter.text() else None,
            self.note.text(),
        )

    def act(self) -> Told:
        done = maintenance.log_run(self.desk, self._run())
        return Told("ok", words.text("Hours of {tag} written.").format(tag=done.subject), done)


def _number(field: LineField, key: str) -> float:
    typed = field.text().replace(",", ".").replace(" ", "")
    try:
        return float(typed)
    except ValueError:
        raise BadNumber(key, typed) if typed else Missing(key) from None


class MaintenancePart(FormFace):
    """Tickets at left; at right what is due, and the generator with its litres per hour."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today = desk.today()
        self._generators: tuple[Asset, ...] = ()
        self.tickets: TableRows[MaintenanceLine] = TableRows(_ticket_columns(), self)
        self.ticket_table = TableView(self.tickets, fits=True)
        self.ticket_table.setAccessibleName(words.text("Maintenance tickets"))
        self.list_foot = ListFoot(
            self.ticket_table, desk=desk, title=words.text("Maintenance tickets"), of_persons=False
        )
        self.list_foot.told.connect(self.told)
        self.due: TableRows[MaintenanceDue] = TableRows(_due_columns(self._today), self)
        self.due_table = TableView(self.due, 24, fits=True)
        self.due_table.setAccessibleName(words.text("Maintenance due"))
        self.log: TableRows[Measured] = TableRows(_log_columns(), self)
        self.log_table = TableView(self.log, 24, fits=True)
        self.log_table.setAccessibleName(words.text("Log of the generator"))
        self.generator = ChoiceBox()
        self.generator.setAccessibleName(words.text("Generator"))
        self.close_button = Button(words.text("Close the ticket…"), "primary", "check", on_click=self.close_ticket)
        self.visit_button = Button(words.text("Open a ticket for it…"), "plain", "wrench", on_click=self.open_visit)
        self.run_button = Button(words.text("Hours of today…"), "plain", "bolt", on_click=self.write_run)
        self.no_generator = Label(
            words.text("Add a generator to the register (category Power) to keep its log."), ink="ink2", wrap=True
        )
        if not desk.may(Permission.ASSETS_EDIT):
            for button in (self.close_button, self.visit_button, self.run_button):
                button.hide()
        self._lay_out()
        self.ticket_table.opened.connect(self.close_ticket)
        self.due_table.opened.connect(self.open_visit)
        self.generator.chosen.connect(self._show_log)

    def _lay_out(self) -> None:
        tickets = Card(words.text("Tickets"))
        tickets.head.addWidget(self.close_button)
        fill(tickets.body, (self.ticket_table, 1), self.list_foot)
        due = Card(words.text("Maintenance due"))
        due.head.addWidget(self.visit_button)
        due.body.addWidget(self.due_table, 1)
        log = Card(words.text("Generator"))
        large = tokens.is_large()  # no room for two columns: the tickets stand above
        log.head.addWidget(self.run_button)
        fill(log.body, self.generator, self.no_generator, (self.log_table, 1))
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        other = QWidget()
        beside = QBoxLayout(across if large else down, other)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(tokens.SPACE_2)
        beside.addWidget(due, 2)
        beside.addWidget(log, 3)
        whole = QBoxLayout(down if large else across, self.listed)
        whole.setContentsMargins(tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2, tokens.SPACE_2)
        whole.setSpacing(tokens.SPACE_2)
        whole.addWidget(tickets, 3)
        whole.addWidget(other, 3 if large else 2)

    def refresh(self) -> None:
        self.list_foot.remember(self.desk, self.asked_as)
        self.tickets.show(maintenance.tickets(self.desk))
        self.due.show(maintenance.due(self.desk))
        self._generators = maintenance.generators(self.desk)
        self.generator.set_choices([(str(one.id), f"{one.tag_no} {one.designation}") for one in self._generators])
        if self.generator.value() is None and self._generators:
            self.generator.choose(str(self._generators[0].id))
        has_one = bool(self._generators)
        self.no_generator.setVisible(not has_one)
        for widget in (self.generator, self.log_table):
            widget.setVisible(has_one)
        self.run_button.setVisible(has_one and self.desk.may(Permission.ASSETS_EDIT))
        self._show_log()

    @Slot(str)
    def _show_log(self, _code: str = "") -> None:
        one = self._generator()
        self.log.show(maintenance.log(self.desk, one.id) if one is not None else ())

    def _generator(self) -> Asset | None:
        value = self.generator.value()
        return next((one for one in self._generators if str(one.id) == value), None)

    def set_first_listed(self) -> None:
        focus(self.ticket_table if self.tickets.rowCount() or not self.due.rowCount() else self.due_table)
        if self.tickets.rowCount() and not self.ticket_table.currentIndex().isValid():
            self.ticket_table.go_to(0)

    @Slot()
    def close_ticket(self) -> None:
        """What was done for the ticket chosen, where it is open."""
        line = self.ticket_table.current()
        if line is not None and line.ticket.closed_on is None and self.desk.may(Permission.ASSETS_EDIT):
            self.open_form(MendedForm(self.desk, line.ticket, line.asset), f"mended/{line.ticket.id}")

    @Slot()
    def open_visit(self) -> None:
        """A ticket for the thing that is due."""
        line = self.due_table.current()
        if line is not None and self.desk.may(Permission.ASSETS_EDIT):
            self.open_form(FaultForm(self.desk, line.asset), f"fault/{line.asset.id}")

    @Slot()
    def write_run(self) -> None:
        """Hours and fuel of a day."""
        one = self._generator()
        if one is not None:
            self.open_form(RunForm(self.desk, one), f"run/{one.id}")

    def reopen(self, kind: str, at: str) -> None:
        """A ticket that was closed meanwhile opens nothing."""
        self.look_again()
        if kind == "mended":
            for line in maintenance.tickets(self.desk):
                if str(line.ticket.id) == at and line.ticket.closed_on is None:
                    self.open_form(MendedForm(self.desk, line.ticket, line.asset), f"mended/{at}")
        elif kind == "fault" and at.isdecimal():
            asset = equipment.card(self.desk, AssetId(int(at))).history.asset
            self.open_form(FaultForm(self.desk, asset), f"fault/{at}")
        elif kind == "run":
            self.generator.choose(at)
            self.write_run()


def _ticket_columns() -> list[TableColumn[MaintenanceLine]]:
    return [
        TableColumn(words.text("No."), lambda one: one.ticket.ticket_no, lambda one: one.ticket.id, bold=True),
        TableColumn(
            words.text("Reported on"),
            lambda one: formats.day(one.ticket.reported_on),
            lambda one: one.ticket.reported_on,
        ),
        TableColumn(
            words.text("State"),
            lambda one: words.text("open") if one.ticket.closed_on is None else words.text("closed"),
            lambda one: one.ticket.closed_on is not None,
            badge=lambda one: "attention" if one.ticket.closed_on is None else "neutral",
        ),
        TableColumn(words.text("Asset"), lambda one: f"{one.asset.tag_no} {one.asset.designation}"),
        TableColumn(words.text("Problem"), lambda one: one.ticket.problem),
        TableColumn(words.text("Kind"), lambda one: words.label("maintenance_type", one.ticket.kind), gives_way=2),
        TableColumn(
            words.text("Urgency"),
            lambda one: words.label("maintenance_urgency", one.ticket.urgency) if one.ticket.urgency else "",
            ink=lambda one: "blocked" if one.ticket.urgency == "danger" else None,
            gives_way=3,
        ),
        TableColumn(words.text("What was done"), lambda one: one.ticket.action_done, gives_way=1),
    ]


def _due_columns(today: date) -> list[TableColumn[MaintenanceDue]]:
    return [
        TableColumn(
            words.text("On"),
            lambda one: formats.day(one.on),
            lambda one: one.on,
            ink=lambda one: "blocked" if one.on < today else "attention",
        ),
        TableColumn(words.text("Asset"), lambda one: f"{one.asset.tag_no} {one.asset.designation}"),
        TableColumn(
            words.text("What"), lambda one: words.text("end of the warranty") if one.warranty else words.text("visit")
        ),
    ]


def _log_columns() -> list[TableColumn[Measured]]:
    return [
        TableColumn(words.text("Day"), lambda one: formats.day(one.run.on), lambda one: one.run.on),
        TableColumn(words.text("Hours"), lambda one: formats.number(one.run.hours, 1), alignment="right"),
        TableColumn(words.text("Litres"), lambda one: formats.number(one.run.litres, 1), alignment="right"),
        TableColumn(
            words.text("L/h"),
            lambda one: formats.NONE if one.run.rate is None else formats.number(one.run.rate, 2),
            alignment="right",
            ink=lambda one: "blocked" if one.jumps else None,
        ),
        TableColumn(
            words.text("To look at"),
            lambda one: words.text("more than 30 % away") if one.jumps else "",
            ink=lambda _one: "blocked",
        ),
    ]
