"""Inventory campaigns: those held, and one being counted by list or by a reader that types."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.ids import CampaignId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment_counts
from shelter_desk.operations.equipment.equipment_counts import CampaignCounts
from shelter_desk.ui.equipment.count_forms import BeginForm, CloseForm
from shelter_desk.ui.equipment.count_view import CountFace
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.tabbed_page import FormFace, focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class CampaignsPart(FormFace):
    """The list of counts; Enter opens one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.face: CountFace | None = None
        self.new_button = Button(words.text("Begin an inventory…"), "primary", "plus")
        self.rows: TableRows[CampaignCounts] = TableRows(_columns(), self)
        self.table = TableView(self.rows, fits=True)
        self.table.setAccessibleName(words.text("Inventories"))
        may_edit = desk.may(Permission.ASSETS_EDIT)
        if not may_edit:
            self.new_button.hide()
        self.lost = Label("", size="small", ink="attention", wrap=True)
        self.empty = Empty(
            "barcode",
            words.text("No inventory yet"),
            words.text("Two persons go from room to room and read the tags: seen, elsewhere, missing, condition."),
            words.text("Begin an inventory…") if may_edit else None,
        )
        self._lay_out()
        self.new_button.clicked.connect(self.begin)
        self.empty.started.connect(self.begin)
        self.table.opened.connect(self._opened)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.lost, 1)
        above.addWidget(self.new_button)
        self.lay_list(above, self.table, self.empty)

    def refresh(self) -> None:
        found = equipment_counts.listed(self.desk)
        self.rows.show(found)
        missed = equipment_counts.not_found(self.desk)
        text = words.text("Not found at the last count, and not declared lost: {tags}.")
        self.lost.setText(text.format(tags=", ".join(one.tag_no for one in missed[:12])) if missed else "")
        self.show_found(found, hide_acts=True)
        if self.face is not None:
            self.face.refresh()

    def is_editing(self) -> bool:
        return self.form is not None or (self.face is not None and self.face.is_editing())

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self.face is not None:
            self.face.set_first()
        elif self.rows.rowCount():
            focus(self.table)
            if not self.table.currentIndex().isValid():
                self.table.go_to(0)
        else:
            focus(self.empty.button)

    @Slot()
    def begin(self) -> None:
        """The form of a new count; done, it is opened."""
        form = BeginForm(self.desk)
        form.acted.connect(self._begun)
        self.open_form(form, "inventory/")

    @Slot(object)
    def _open_over(self, form: CloseForm) -> None:
        self.open_form(form, f"close/{form.campaign.id}")

    def reopen(self, kind: str, at: str) -> None:
        if kind == "inventory":
            self.begin()
        elif kind == "close" and at.isdecimal():
            self.open_count(CampaignId(int(at)))
            if self.face is not None:
                self.face.end()

    @Slot()
    def _begun(self) -> None:
        self.open_count(equipment_counts.listed(self.desk)[0].campaign.id)

    @Slot(object)
    def _opened(self, one: CampaignCounts) -> None:
        self.open_count(one.campaign.id)
        self.set_first()

    def open_count(self, key: CampaignId) -> None:
        """Show that count in place of the list."""
        self.face = CountFace(self.desk, key)
        self.lay_over(self.face)
        self.face.told.connect(self.told)
        self.face.closed.connect(self._leave)
        self.face.form_wanted.connect(self._open_over)
        self.face.refresh()

    @Slot()
    def _leave(self) -> None:
        self.close_count()
        self.look_again()
        self.set_first()

    def close_count(self) -> None:
        """The list again."""
        self.face = None
        self.take_off()


def _columns() -> list[TableColumn[CampaignCounts]]:
    return [
        TableColumn(words.text("No."), lambda one: one.campaign.count_no, lambda one: one.campaign.id, bold=True),
        TableColumn(words.text("Count of"), lambda one: formats.day(one.campaign.on), lambda one: one.campaign.on),
        TableColumn(words.text("State"), state, ink=lambda one: "ink2" if one.campaign.approved_on else "attention"),
        TableColumn(words.text("Things"), lambda one: formats.number(one.tally.lines), alignment="right"),
        TableColumn(words.text("Seen"), lambda one: formats.number(one.tally.seen), alignment="right"),
        TableColumn(words.text("Elsewhere"), lambda one: formats.number(one.tally.elsewhere), alignment="right"),
        TableColumn(
            words.text("Missing"),
            lambda one: formats.number(one.tally.absent),
            alignment="right",
            ink=lambda one: "blocked" if one.tally.absent else "ink2",
        ),
        TableColumn(words.text("Rooms"), lambda one: ", ".join(one.campaign.rooms) or words.text("all")),
        TableColumn(words.text("Counted by"), lambda one: ", ".join(one.campaign.team)),
    ]


def state(one: CampaignCounts) -> str:
    """Being counted, to be approved, approved."""
    if one.campaign.is_open:
        return words.text("being counted")
    return words.text("approved") if one.campaign.approved_on else words.text("to be approved")
