"""A defect found at a bed or in its room: a ticket for what is to be repaired, and the bed out of use until then."""

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import AssetId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds.bed_board import BedLook
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import maintenance
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label


class DefectForm(ActFace):
    """What is broken, of what is on the bed or in the room, and whether the bed is out of use until it is repaired."""

    when = "reported_on"

    def __init__(self, desk: Desk, room: Room, look: BedLook) -> None:
        title = words.text("Defect at bed {bed}").format(bed=look.bed.code)
        super().__init__(desk, title, room.name, words.text("Open the ticket"), "wrench")
        self._bed, today = look.bed, desk.today()
        things = maintenance.things_at(desk, look.bed.id)
        named = [(str(one.id), f"{one.tag_no} · {one.designation}") for one in things]
        first = str(things[0].id) if things and things[0].bed == look.bed.id else None
        self.thing = ChoiceField(words.text("What is broken"), named, first, required=True, key="tag_no")
        self.problem = TextField(words.text("What is wrong"), required=True, lines=2, key="problem")
        self.day = DayField(words.text("Reported on"), today, required=True, value=today, key="reported_on")
        self.urgency = CodeField(words.text("Urgency"), "maintenance_urgency", "normale")
        self.blocks = QCheckBox(words.text("The bed is out of use until then"))
        watch(desk, self.problem)
        self.add(self.thing, self.problem, self.day, self.urgency, self.blocks)
        may_block = desk.may(Permission.ROOMS_EDIT) and look.state is None
        self.blocks.setVisible(may_block and look.is_ready)
        self.blocks.setChecked(may_block and look.is_ready)
        if may_block and not look.is_ready:
            told = words.text("Somebody has this bed. Move them first to take it out of use.")
            self.add(Label(told, size="small", ink="ink2", wrap=True))
        if not things:
            told = words.text("Nothing on this bed or in its room is in the register. Add it in Equipment first.")
            self.add(Label(told, ink="attention", wrap=True))
            self.verb.setEnabled(False)

    def act(self) -> Told:
        asset = self.thing.chosen_id(AssetId)
        if asset is None:
            raise Missing("tag_no")
        day, problem = self.day.asked(), self.problem.text()
        ticket = Ticket(maintenance.NEW, "", asset, day, "corrective", problem, self.urgency.code())
        blocks = self._bed.id if self.blocks.isChecked() else None
        done = maintenance.report_fault(self.desk, ticket, out_of_use=blocks is not None, blocks=blocks)
        if blocks is None:
            return Told("ok", words.text("Ticket {number} opened.").format(number=done.subject), done)
        told = words.text("Ticket {number} opened. Bed {bed} is out of use.")
        return Told("ok", told.format(number=done.subject, bed=self._bed.code), done)
