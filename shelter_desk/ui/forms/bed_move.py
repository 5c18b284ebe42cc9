"""Where a bed moves to and from which day on, with what that does said below before it is done."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import RoomId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import moved_beds
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words.beds import moved_beds as move_words
from shelter_desk.words.refusals.errors import sentence


class BedMoveFields(QWidget):
    """Room and day; `changed` is said once what the move does is looked at again."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, across: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bed: Bed | None = None
        self._rooms: dict[str, Room] = {}
        today = desk.today()
        self.room = ChoiceField(words.text("To room"), required=True, key="room_code")
        self.day = DayField(words.text("From the night of"), today, required=True, value=today, key="from")
        self.effects = Label(size="small", ink="ink2", wrap=True)
        self.refused = Alert("", "blocked")
        self.room.explain("lit_deplace")
        fields = in_row if across else in_column
        both = fields((self.room, 2), (self.day, 1), spacing=tokens.SPACE_PANEL)
        in_column(both, self.effects, self.refused, within=self, spacing=tokens.SPACE_PANEL)
        self.room.chosen.connect(self.look)
        self.day.changed.connect(self.look)
        self.look()

    def show_bed(self, bed: Bed) -> None:
        """Ask about that bed; room and day begin anew where it is another one, or stands elsewhere."""
        if self._bed is not None and (self._bed.id, self._bed.room) == (bed.id, bed.room):
            return
        self._bed = bed
        self._rooms = {str(room.id): room for room in moved_beds.rooms_to(self._desk, bed.id)}
        told = words.text("{code} · {name}")
        self.room.set_choices([(key, told.format(code=one.code, name=one.name)) for key, one in self._rooms.items()])
        self.room.choose(None)
        self.day.set_day(self._desk.today())
        self.look()

    def is_begun(self) -> bool:
        """True once a room is chosen."""
        return self.room.value() is not None

    @Slot()
    def look(self, *_: object) -> None:
        """Say what the move would do."""
        told, refused, day = list[str](), "", self.day.day()
        if self._bed is not None and self.room.value() and day is not None:
            try:
                found = moved_beds.look(self._desk, self._bed.id, self._to(), day)
            except RuleBroken as error:
                refused = sentence(error)
            else:
                who = list(dict.fromkeys(one.code for one in found.who))
                tags = [one.tag_no for one in found.things]
                told = list(move_words.effects(day, self._desk.today(), found.room.code, who, tags))
                told += [move_words.said_of(one.who.code, one.finding.rule) for one in found.warnings]
                refused = "" if found.refused is None else sentence(found.refused)
        self.effects.setText("\n".join(told))
        self.effects.setVisible(bool(told) and not refused)
        self.refused.sentence.setText(refused)
        self.refused.setVisible(bool(refused))
        self.changed.emit()

    def _to(self) -> RoomId:
        room = self._rooms.get(self.room.value() or "")
        if room is None:
            raise Missing("room_code")
        return room.id

    def act(self) -> Told:
        """Move it. Raises RuleBroken."""
        if self._bed is None:
            raise Missing("bed_code")
        to, day = self._to(), self.day.asked()
        room = self._rooms[self.room.value() or ""]
        done = moved_beds.move(self._desk, self._bed.id, to, day)
        return Told("ok", move_words.moved(self._bed.code, room.code, day), done)
