"""Inventory campaigns: those held, and one being counted by list or by a reader that types."""

from collections.abc import Sequence

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.ids import CampaignId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, equipment_counts
from shelter_desk.operations.equipment.equipment_counts import CampaignCounts
from shelter_desk.ui.equipment.count_view import CloseForm, CountFace
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats


class BeginForm(ActForm):
    """When, who counts, and in which rooms."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Begin an inventory"), words.text("Begin"), "barcode")
        today = desk.today()
        self.day = DayField(words.text("Count of"), today, required=True, value=today, key="count_date")
        self.first_name = LineField(words.text("First counter"), required=True, text=desk.user_name)
        self.second_name = LineField(words.text("Second counter, not of the store"), required=True, key="team")
        self.rooms = Ticks(words.text("Rooms (none: the whole shelter)"), equipment.room_codes(desk), key="room")
        self.row((self.day, 160), (self.first_name, 240), (self.second_name, 280))
        self.add(self.rooms)
        self.first = self.second_name

    def act(self) -> Told:
        day = self.day.asked()
        team = (self.first_name.text(), self.second_name.text())
        done = equipment_counts.begin(self.desk, day, self.rooms.values(), team)
        return Told("ok", words.text("Inventory {number} begun.").format(number=done.subject), done)


class CampaignsPart(ListRoom[CampaignCounts]):
    """The list of counts; Enter opens one."""

    of_persons = False
    opens_beside = False
    hides_head = True
    view: CountFace | None

    def __init__(self, desk: Desk) -> None:
        may_edit = desk.may(Permission.ASSETS_EDIT)
        empty = Empty(
            "barcode",
            words.text("No inventory yet"),
            words.text("Two persons go from room to room and read the tags: seen, elsewhere, missing, condition."),
            words.text("Begin an inventory…") if may_edit else None,
        )
        super().__init__(desk, _columns(), words.text("Inventories"), empty)
        self.lost = Label("", size="small", ink="attention", wrap=True)
        self.new_button = self.begin_button(words.text("Begin an inventory…"), may=may_edit)
        self.lay_out(head_row(wide=self.lost, right=[self.new_button]))

    def ask(self) -> Sequence[CampaignCounts]:
        missed = equipment_counts.not_found(self.desk)
        text = words.text("Not found at the last count, and not declared lost: {tags}.")
        self.lost.setText(text.format(tags=", ".join(one.tag_no for one in missed[:12])) if missed else "")
        return equipment_counts.listed(self.desk)

    def key_of(self, line: CampaignCounts) -> int:
        return line.campaign.id

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
            if self.view is not None:
                self.view.end()

    @Slot()
    def _begun(self) -> None:
        self.open_count(equipment_counts.listed(self.desk)[0].campaign.id)

    @Slot(object)
    def enter(self, line: CampaignCounts) -> None:
        self.open_count(line.campaign.id)
        self.set_first()

    def open_count(self, key: CampaignId) -> None:
        """Show that count in place of the list."""
        face = CountFace(self.desk, key)
        self.show_over(face)
        face.told.connect(self.told)
        face.closed.connect(self.close_view)
        face.form_wanted.connect(self._open_over)
        face.refresh()

    def open_again(self, _key: int) -> None:
        if self.view is not None:
            self.view.refresh()


def _columns() -> list[TableColumn[CampaignCounts]]:
    return [
        TableColumn(words.text("No."), lambda one: one.campaign.count_no, lambda one: one.campaign.id, bold=True),
        TableColumn(words.text("Count of"), lambda one: formats.day(one.campaign.on), lambda one: one.campaign.on),
        TableColumn(words.text("State"), state, badge=lambda one: "ok" if one.campaign.approved_on else "attention"),
        TableColumn(words.text("Things"), lambda one: formats.number(one.tally.lines), alignment="right", unit=""),
        TableColumn(words.text("Seen"), lambda one: formats.number(one.tally.seen), alignment="right", unit=""),
        TableColumn(
            words.text("Elsewhere"), lambda one: formats.number(one.tally.elsewhere), alignment="right", unit=""
        ),
        TableColumn(
            words.text("Missing"),
            lambda one: formats.number(one.tally.absent),
            alignment="right",
            unit="",
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
