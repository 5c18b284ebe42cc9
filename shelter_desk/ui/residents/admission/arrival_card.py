"""First card of an admission: when, how, and by whom somebody came."""

from datetime import date, datetime, time

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.words import formats, place_requests


class ArrivalCard(Card, FieldGroup):
    """Day and hour of arrival (any past one), kind of entry, who referred the person.

    request: the request for a place that this admission meets.
    """

    day_changed = Signal()
    kind_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.late = Badge("", "attention", "clock")
        super().__init__(words.text("1. Arrival"), badge=self.late)
        self._desk = desk
        today = desk.today()
        self._now = desk.now().time()
        self.day = DayField(words.text("Date"), today, required=True, key="admitted_at")
        self.hour = ClockField(words.text("Hour"))
        self.kind = CodeField(words.text("Entry kind"), "entry_kind", required=True)
        self.source = CodeField(words.text("Referred by"), "referral_source")
        self.body.addLayout(row_of((self.day, 132), (self.hour, 80), (self.kind, 200), (self.source, 250)))
        self.request: PlaceRequest | None = None
        self.meets = Alert("", "held")
        self.body.addWidget(self.meets)
        self.day.changed.connect(self._mark_late)
        self.day.changed.connect(self.day_changed)
        self.kind.chosen.connect(self.kind_chosen)
        self.begin()

    def begin(self) -> None:
        """A first admission, now."""
        now = self._desk.now()
        self._now = now.time()
        self.day.set_day(now.date())
        self.hour.set_clock(now.time())
        self.kind.choose("premiere")
        self.source.choose(None)
        self.meet(None)
        self._mark_late()

    def meet(self, request: PlaceRequest | None) -> None:
        """This admission meets that request; who asked is taken from it."""
        self.request = request
        self.meets.setVisible(request is not None)
        if request is None:
            return
        self.source.choose(request.source)
        about = place_requests.persons(request)
        told = words.text("Meets the request {number}: {persons}. It no longer waits once somebody of it is admitted.")
        self.meets.sentence.setText(told.format(number=request.request_no, persons=about))

    def night(self) -> date:
        """The night from which a bed is asked for."""
        return self.day.day() or self._desk.today()

    def moment(self) -> datetime:
        """When the person came; the hour may be unknown. Raises Missing."""
        day = self.day.day()
        if day is None or self.hour.is_wrong():
            raise Missing("admitted_at")
        return datetime.combine(day, self.hour.clock() or time.min)

    def _mark_late(self) -> None:
        day, today = self.day.day(), self._desk.today()
        if day is not None and day < today and self.hour.clock() == self._now:
            self.hour.set_clock(None)  # the hour of typing is not the hour of arrival
        self.late.setVisible(day is not None and day < today)
        self.late.say(words.text("typed today, {day}").format(day=formats.day(today)), "attention", "clock")
