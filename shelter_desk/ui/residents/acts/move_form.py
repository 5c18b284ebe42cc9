"""Another place to sleep, from a moment on: neither an exit nor an entry."""

from datetime import date, datetime, time

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BedId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import stays
from shelter_desk.ui import later_nights, tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.admission.bed_choice import BedChoice
from shelter_desk.ui.residents.record.record_head import placement_tonight
from shelter_desk.ui.widgets.flow import Flow


class PlaceForm(ActForm):
    """Day, hour, and the beds that fit from then on."""

    when = "from"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Place of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Change the bed"), "move")
        self._person, self._stay = record.person, stay.stay
        self._one = stay
        now = desk.now()
        self.day = DayField(words.text("From"), now.date(), required=True, value=now.date())
        self.hour = ClockField(words.text("Hour"), value=now.time())
        self.fields = {"from": self.day}
        row = Flow()
        for field, width in ((self.day, 132), (self.hour, 88)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.choice = BedChoice(desk, later=False)
        self.drafted = {"day": self.day, "hour": self.hour, "place": self.choice}
        self.body.addLayout(row)
        self.body.addWidget(self.choice)
        self.day.changed.connect(self._propose)
        self._propose()

    @Slot()
    def _propose(self) -> None:
        day = self.day.day()
        if day is not None:
            head = self._stay.head or self._stay.id
            self.choice.propose(
                self._person.sex, self._person.birth, day, head, stay=self._stay.id, without=self._bed(day)
            )

    def _bed(self, day: date) -> BedId | None:
        """The bed of that night, which is no other place."""
        placement = placement_tonight(self._one, day)
        return placement.bed if placement else None

    def act(self) -> Told:
        day = self.day.day()
        if day is None or self.hour.is_wrong():
            raise Missing("from")
        spot = self.choice.spot()
        if spot is None:
            raise Missing("bed_code")
        done = stays.move(self.desk, self._stay.id, spot, datetime.combine(day, self.hour.clock() or time.min))
        told = Told("ok", words.text("{code} has another place.").format(code=self._person.code), done)
        return later_nights.moved(told, self._stay.id)
