"""A room being looked at: point by point all right or a defect, with the ticket that it opens and the bed it blocks."""

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.equipment.inspections import DEFECT, FINDING, POINT, RIGHT, PointSeen, points
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import AssetId, BedId, TicketId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds.bed_board import RoomLook
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.equipment import inspections
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms import code_lists, drafting
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words.beds import inspections as inspection_words
from shelter_desk.words.refusals.errors import sentence

DRAFT = "beds/inspect/"
_NO_THING = "none"
Choices = list[tuple[str, str]]


class PointFields(QWidget):
    """One point of the list. Of a defect: what is wrong, of which thing, how urgent, and the bed it takes out of use.

    things: keys `a7` of an asset, `t7` of a ticket that is open, with what they are called. beds: those that can be
    blocked by who may.
    """

    def __init__(self, desk: Desk, code: str, label: str, things: Choices, beds: Choices) -> None:
        super().__init__()
        self.code = code
        self.finding = Segments(code_lists.of(FINDING), accessible_name=label)
        self.found = Field(label, self.finding, required=True, key=FINDING)
        self.problem = TextField(words.text("What is wrong"), required=True, lines=2, key="problem")
        nothing = (_NO_THING, words.text("Nothing of the register: no ticket"))
        self.thing = ChoiceField(words.text("What is broken"), [*things, nothing], required=True, key="tag_no")
        self.urgency = CodeField(words.text("Urgency"), "maintenance_urgency", "normale")
        self.blocks = ChoiceField(words.text("Bed out of use until it is repaired"), beds, key="bed_code")
        self.more = QWidget()
        in_column(self.problem, self.thing, self.urgency, self.blocks, within=self.more, spacing=tokens.SPACE)
        self.more.hide()
        in_column(self.found, self.more, within=self, spacing=tokens.SPACE)
        self._may_block = bool(beds)
        self.finding.chosen.connect(self._chosen)
        self.thing.chosen.connect(self._chosen)
        watch(desk, self.problem)
        self.editors: Mapping[str, QWidget] = {
            "finding": self.finding,
            "problem": self.problem,
            "thing": self.thing,
            "urgency": self.urgency,
            "blocks": self.blocks,
        }
        self._chosen()

    @property
    def fields(self) -> dict[str, Field]:
        """By their machine keys."""
        return {one.key: one for one in (self.found, self.problem, self.thing, self.blocks)}

    def draft_values(self) -> dict[str, Value]:
        """What is typed, as a draft keeps it."""
        return {f"{self.code}/{name}": drafting.said(one) for name, one in self.editors.items()}

    def put_draft_values(self, values: Mapping[str, Value]) -> None:
        """Show it again; a thing or a bed that is there no more is asked for anew."""
        for name, one in self.editors.items():
            drafting.put(one, values.get(f"{self.code}/{name}", ""))
        self._chosen()

    @Slot()
    def _chosen(self, _code: str = "") -> None:
        self.more.setVisible(self.finding.value() == DEFECT)
        opens = self.thing.code().startswith("a")
        self.urgency.setVisible(opens)
        self.blocks.setVisible(opens and self._may_block)

    def seen(self) -> PointSeen:
        """What is typed. Raises Missing."""
        finding = self.finding.value()
        if finding is None:
            raise Missing(FINDING)
        if finding == RIGHT:
            return PointSeen(self.code, RIGHT)
        problem, thing = self.problem.text(), self.thing.code()
        if not problem:
            raise Missing("problem")
        if not thing:
            raise Missing("tag_no")
        if thing == _NO_THING:
            return PointSeen(self.code, DEFECT, problem)
        if thing.startswith("t"):
            return PointSeen(self.code, DEFECT, problem, ticket=TicketId(int(thing[1:])))
        blocks = self.blocks.chosen_id(BedId) if self._may_block else None
        return PointSeen(
            self.code, DEFECT, problem, AssetId(int(thing[1:])), urgency=self.urgency.code(), blocks=blocks
        )


class InspectionForm(ActFace):
    """When, who looked, and each point of the list. What is typed is a draft until it is recorded."""

    when = "inspected_on"

    def __init__(self, desk: Desk, look: RoomLook) -> None:
        title = words.text("Inspection of room {room}").format(room=look.room.code)
        super().__init__(desk, title, look.room.name, words.text("Record"), "check")
        self._room, today, known = look.room, desk.today(), inspections.of_room(desk, look.room.id)
        self.day = DayField(words.text("Inspected on"), today, required=True, value=today, key="inspected_on")
        self.by = LineField(words.text("Who looked"), required=True, key="inspected_by", text=desk.user_name)
        self.all_right = Button(words.text("All the rest is all right"), "quiet", "check")
        self.all_right.clicked.connect(self._rest_all_right)
        open_ = words.text("Already reported: {number}, {problem}")
        things = [(f"a{one.id}", f"{one.tag_no} · {one.designation}") for one in known.things]
        things += [(f"t{one.id}", open_.format(number=one.ticket_no, problem=one.problem)) for one in known.open]
        may_block = desk.may(Permission.ROOMS_EDIT)
        beds = [(str(one.bed.id), phrases.bed_title(one.bed)) for one in look.beds if may_block and one.is_ready]
        asked = points(has_beds=bool(look.beds) or look.room.room_type in SLEEPING_ROOMS)
        self.points = [PointFields(desk, code, words.label(POINT, code), things, beds) for code in asked]
        self._at: PointFields | None = None
        self.mark = HelpMark("inspection_chambre", self.body, 1)
        self.add(self.day, self.by, *self.points, self.all_right)
        told = words.text("Answer at each point: all right, or a defect.")
        self.body.insertLayout(0, in_row((Label(told, size="small", ink="ink2", wrap=True), 1), self.mark))
        self.drafting = Drafting(desk, self, f"{DRAFT}{look.room.id}")

    def values(self) -> dict[str, Value]:
        """What is typed, as a draft keeps it."""
        found: dict[str, Value] = {"day": drafting.said(self.day), "by": drafting.said(self.by)}
        for one in self.points:
            found |= one.draft_values()
        return found

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again."""
        drafting.put(self.day, values.get("day", ""))
        drafting.put(self.by, values.get("by", ""))
        for one in self.points:
            one.put_draft_values(values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)

    @Slot()
    def _rest_all_right(self) -> None:
        for one in self.points:
            if one.finding.value() is None:
                one.finding.choose(RIGHT)
                one.found.clear()
        focus(self.verb)

    def act(self) -> Told:
        seen = []
        for one in self.points:
            self._at = one
            seen.append(one.seen())
        self._at = None
        made = inspections.record(self.desk, self._room.id, self.day.asked(), self.by.text(), seen)
        self.drafting.forget()
        return Told("ok", inspection_words.recorded(made.number, made.tickets), made.done)

    def refuse(self, error: errors.RuleBroken) -> None:
        """Beside the field of the point that it is about."""
        at, self._at = self._at, None
        field = at.fields.get(getattr(error, "field", "")) if at is not None else None
        if field is None:
            super().refuse(error)
            return
        refuse(field, sentence(error))
