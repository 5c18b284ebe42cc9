"""Receptions from donors: the minutes written so far, and a new one line by line."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import receptions
from shelter_desk.operations.equipment.receptions import Received
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import paper
from shelter_desk.ui.equipment.reception_form import ReceptionForm
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats


class ReceptionsPart(FormFace):
    """A list of minutes; Enter prints the one chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.new_button = Button(words.text("Receive a delivery…"), "primary", "plus")
        self.print_button = Button(words.text("Print the minutes…"), "plain", "print")
        self.rows: TableRows[Received] = TableRows(_columns(), self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Receptions"))
        may_edit = desk.may(Permission.ASSETS_EDIT)
        if not may_edit:
            self.new_button.hide()
        self.empty = Empty(
            "truck",
            words.text("No reception yet"),
            words.text("What a donor delivers is counted beside its list; what differs stands in the minutes."),
            words.text("Receive a delivery…") if may_edit else None,
        )
        above = QHBoxLayout()
        above.setSpacing(tokens.SPACE_2)
        above.addStretch(1)
        above.addWidget(self.print_button)
        above.addWidget(self.new_button)
        self.lay_list(above, self.table, self.empty)
        self.new_button.clicked.connect(self.begin)
        self.empty.started.connect(self.begin)
        self.print_button.clicked.connect(self.print_minutes)
        self.table.opened.connect(self._opened)

    def refresh(self) -> None:
        found = receptions.listed(self.desk)
        self.rows.show(found)
        self.show_found(found, hide_acts=True)

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.rows.rowCount():
            focus(self.table)
            if not self.table.currentIndex().isValid():
                self.table.go_to(0)
        else:
            focus(self.empty.button)

    @Slot()
    def begin(self) -> None:
        """The form of a delivery."""
        self.open_form(ReceptionForm(self.desk), "reception/")

    def reopen(self, kind: str, at: str) -> None:
        if kind == "reception" and not at:
            self.begin()

    @Slot(object)
    def _opened(self, _one: Received) -> None:
        self.print_minutes()

    @Slot()
    def print_minutes(self) -> None:
        """The minutes of the reception chosen, to sign."""
        one = self.table.current()
        if one is None:
            return
        html = minutes(one, self.desk.is_training, settings.read(self.desk).shelter_name)
        told = paper.text(self, words.text("Reception minutes"), "reception.pdf", html)
        if told:
            self.told.emit(Told("ok", told))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def minutes(one: Received, training: bool, shelter: str) -> str:
    """The minutes as a text to print."""
    said = one.reception
    title = words.text("Reception minutes {number}").format(number=said.reception_no)
    facts = (
        (words.text("Donor"), words.label("donor", said.donor)),
        (words.text("Paper of the donor"), said.handover_pv),
        (words.text("Delivered by"), said.delivered_by),
        (words.text("Received by"), one.by),
        (words.text("Witness"), said.witness),
        (words.text("Remarks"), said.remarks),
    )
    heads = (
        words.text("Designation"),
        words.text("Announced"),
        words.text("Came"),
        words.text("Sent back"),
        words.text("Kept"),
        words.text("Difference"),
        words.text("Remark"),
    )
    rows = [
        (
            line.designation,
            str(line.expected),
            str(line.received),
            str(line.refused),
            str(line.kept),
            f"{line.difference:+d}" if line.difference else "0",
            line.remark,
        )
        for line in one.lines
    ]
    known = paper.table((words.text("What"), words.text("Said")), [(name, value) for name, value in facts if value])
    signed = paper.signatures((words.text("For the donor"), words.text("For the shelter")))
    head = paper.head(title, said.received_on, training, shelter)
    return f"{head}{known}<br/>{paper.table(heads, rows)}{signed}"


def _columns() -> list[TableColumn[Received]]:
    return [
        TableColumn(words.text("No."), lambda one: one.reception.reception_no, lambda one: one.reception.id, bold=True),
        TableColumn(
            words.text("Delivered on"),
            lambda one: formats.day(one.reception.received_on),
            lambda one: one.reception.received_on,
        ),
        TableColumn(words.text("Donor"), lambda one: words.label("donor", one.reception.donor)),
        TableColumn(words.text("Paper of the donor"), lambda one: one.reception.handover_pv),
        TableColumn(
            words.text("Pieces kept"),
            lambda one: formats.number(sum(line.kept for line in one.lines)),
            lambda one: sum(line.kept for line in one.lines),
            "right",
        ),
        TableColumn(words.text("Differences"), _difference, ink=lambda one: "attention" if one.differs else "ok"),
        TableColumn(words.text("Received by"), lambda one: one.by),
    ]


def _difference(one: Received) -> str:
    differing = sum(bool(line.difference) for line in one.lines)
    if not differing:
        return words.text("none")
    return words.count("{n} line differs", "{n} lines differ", differing)
