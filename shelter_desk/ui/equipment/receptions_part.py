"""Receptions from donors: the minutes written so far, and a new one line by line."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import receptions
from shelter_desk.operations.equipment.receptions import Received
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import paper
from shelter_desk.ui.equipment.reception_form import ReceptionForm
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table import TableColumn
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats


class ReceptionsPart(ListRoom[Received]):
    """A list of minutes; Enter prints the one chosen."""

    opens_beside = False
    hides_head = True

    def __init__(self, desk: Desk) -> None:
        may_edit = desk.may(Permission.ASSETS_EDIT)
        empty = Empty(
            "truck",
            words.text("No reception yet"),
            words.text("What a donor delivers is counted beside its list; what differs stands in the minutes."),
            words.text("Receive a delivery…") if may_edit else None,
        )
        super().__init__(desk, _columns(), words.text("Receptions"), empty)
        self.print_button = Button(words.text("Print the minutes…"), "plain", "print")
        self.print_button.clicked.connect(self.print_minutes)
        self.new_button = self.begin_button(words.text("Receive a delivery…"), may=may_edit)
        self.lay_out(head_row(right=[self.print_button, self.new_button], spacing=tokens.SPACE_2))

    def ask(self) -> Sequence[Received]:
        return receptions.listed(self.desk)

    def key_of(self, line: Received) -> int:
        return line.reception.id

    def form_of(self, line: Received | None) -> tuple[ReceptionForm, str] | None:
        return (ReceptionForm(self.desk), "reception/") if line is None else None

    @Slot(object)
    def enter(self, _line: Received) -> None:
        self.print_minutes()

    @Slot()
    def print_minutes(self) -> None:
        """The minutes of the reception chosen, to sign."""
        one = self.table.current()
        if one is None:
            return
        html = minutes(one, self.desk.is_training, settings.read(self.desk).shelter_name)
        self.tell(paper.text(self, words.text("Reception minutes"), "reception.pdf", html))
        focus(self.table)


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
