"""The form that holds a bed, or places of a room, and that prolongs or changes what is held."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent

from shelter_desk import words
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.beds.held_beds import USUAL_NIGHTS, BedHeld, HeldBed, NotEnoughBeds
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import BedId, HeldBedId, PlaceRequestId, RoomId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth
from shelter_desk.domain.stays.place_requests import MOST_PERSONS, Group, PlaceRequest
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests
from shelter_desk.ui.beds import moving
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats
from shelter_desk.words.beds import held_beds as held_words
from shelter_desk.words.refusals.errors import sentence

_USUAL = timedelta(days=USUAL_NIGHTS)
ALONE = ""  # no request: sex and age are asked


def birth_of(age_group: str, today: date) -> Birth:
    """Somebody of that age group, as the rules of rooms see them; of an unknown one as a minor."""
    digits = age_group[1:3]
    return Birth(age_estimated=int(digits), age_estimated_on=today) if digits.isdecimal() else UNKNOWN_BIRTH


class HoldForm(ActFace):
    """Who is expected, which place, from which night to which. old: what is held and is changed.

    bed: the one that was chosen; request: the one it answers; group: who was asked for.
    """

    when = "held_until"

    def __init__(
        self,
        desk: Desk,
        board: Board,
        bed: BedId | None = None,
        request: PlaceRequestId | None = None,
        group: Group | None = None,
        old: HeldBed | None = None,
    ) -> None:
        title = words.text("Hold a bed") if old is None else words.text("Change {number}").format(number=old.held_no)
        about = words.text("for somebody who is expected") if old is None else held_words.who(old.groups)
        super().__init__(desk, title, about, words.text("Hold") if old is None else words.text("Record"), "bookmark")
        self._board, self._old, today = board, old, desk.today()
        self.held: HeldBedId | None = None  # once it is held or changed
        self._proposals: list[Proposal] = []
        waiting = [one.request for one in place_requests.register(desk) if one.request.waits]
        self._requests = {str(one.id): one for one in waiting}
        self.request = ChoiceField(words.text("For the request"), self._offered_requests(), ALONE, key="request_no")
        self.sex = Segments([("f", words.text("Female")), ("m", words.text("Male"))], "f", words.text("Sex"))
        self.sex_field = Field(words.text("Sex"), self.sex, required=True, key="sex")
        self.age = CodeField(words.text("Age"), "age_group", required=True)
        self.persons = NumberField(words.text("How many persons"), 1, MOST_PERSONS, required=True, key="persons")
        kinds = [("bed", words.text("A bed")), ("room", words.text("Places of a room"))]
        self.which = Segments(kinds, "bed", words.text("What is held"))
        self.bed = ChoiceField(words.text("Bed"), required=True, key="bed_code")
        self.room = ChoiceField(words.text("Room"), self._offered_rooms(), required=True, key="room_code")
        self.places = NumberField(words.text("Places held"), 1, 99, required=True, key="places")
        self.expected = DayField(
            words.text("Arrival expected on"), today, required=True, kind="ahead", key="expected_on"
        )
        self.first = DayField(words.text("Held from the night of"), today, required=True, kind="ahead", key="held_from")
        self.last = DayField(
            words.text("Held until the night of"), today, required=True, kind="ahead", key="held_until"
        )
        self.source = CodeField(words.text("Who announces it"), "referral_source")
        self.says = Alert("", "attention")
        self._lay_out()
        self._fill(bed, request, group)
        self._arrives = self.expected.day() or today
        self._connect()
        self._look()

    def _lay_out(self) -> None:
        self.mark = HelpMark("lit_reserve", self.body, 1)
        told = Label(words.text("Sex and age alone: no name, no story."), size="small", ink="ink2", wrap=True)
        head = in_row((told, 1), self.mark)
        self.add(self.request, self.sex_field, self.age, self.persons, self.which, self.bed, self.room, self.places)
        self.add(self.expected, self.first, self.last, self.source, self.says)  # last: it pushes no field down
        self.body.insertLayout(0, head)
        if self._old is not None:
            self.request.hide()

    def _fill(self, bed: BedId | None, request: PlaceRequestId | None, group: Group | None) -> None:
        old, today = self._old, self.desk.today()
        self.persons.set_number(1 if group is None else group.persons)
        self.places.set_number(2)
        self.expected.set_day(today)
        self.first.set_day(today)
        self.last.set_day(today + _USUAL)
        if request is not None and str(request) in self._requests:
            self.request.choose(str(request))
            self._request_chosen()
        if group is not None:
            self.sex.choose(group.sex)
            self.age.choose(group.age_group)
        self._chosen_bed = None if bed is None else str(bed)
        if old is None:
            return
        lapsed = old.last < today
        self.expected.set_day(today if lapsed else old.expected_on)
        self.first.set_day(today if lapsed else old.first)
        self.last.set_day(today if lapsed else old.last)
        self.source.choose(old.source or None)
        self._chosen_bed = None if old.bed is None else str(old.bed)
        if old.room is not None:
            self.which.choose("room")
            self.room.choose(str(old.room))
            self.places.set_number(old.places)

    def _connect(self) -> None:
        self.request.chosen.connect(self._request_chosen)
        for signal in (self.request.chosen, self.sex.chosen, self.age.chosen, self.which.chosen):
            signal.connect(self._look)
        self.bed.chosen.connect(self._bed_chosen)
        self.expected.changed.connect(self._expected_moved)

    def _offered_requests(self) -> list[tuple[str, str]]:
        told = words.text("{number}: {who}")
        offered = [
            (key, told.format(number=one.request_no, who=held_words.who(one.groups)))
            for key, one in self._requests.items()
        ]
        return [(ALONE, words.text("without a request")), *offered]

    def _offered_rooms(self) -> list[tuple[str, str]]:
        told = words.text("{room} ({free})")
        return [
            (
                str(one.room.id),
                told.format(room=one.room.name, free=words.count("{n} free bed", "{n} free beds", one.free)),
            )
            for one in self._board.rooms
            if one.room.room_type in SLEEPING_ROOMS
        ]

    # While it is typed ------------------------------------------------------------------------------------------------

    def answered(self) -> PlaceRequest | None:
        """The request it answers."""
        return self._requests.get(self.request.code())

    def groups(self) -> tuple[Group, ...]:
        """Who is expected: of the request, else as typed. Raises Missing, BadNumber."""
        if self._old is not None:
            return self._old.groups
        request = self.answered()
        if request is not None:
            return request.groups
        return (Group(self.sex.value() or "", self.age.code(), self.persons.asked() or 0),)

    @Slot()
    def _request_chosen(self) -> None:
        """As many places as persons."""
        request = self.answered()
        if request is not None:
            self.places.set_number(request.persons)

    @Slot()
    def _look(self) -> None:
        """Show what is asked, and the beds in the order in which they fit who is expected."""
        alone = self.answered() is None and self._old is None
        for field in (self.sex_field, self.age, self.persons):
            field.setVisible(alone)
        self.source.setVisible(alone or self._old is not None)
        is_room = self.which.value() == "room"
        self.bed.setVisible(not is_room)
        for field in (self.room, self.places):
            field.setVisible(is_room)
        self._propose()
        self._bed_chosen()

    def _propose(self) -> None:
        today = self.desk.today()
        found = self._old.groups if self._old is not None else ()
        request = self.answered()
        groups = request.groups if request is not None else found
        sex = groups[0].sex if groups else self.sex.value() or "f"
        age = groups[0].age_group if groups else self.age.code()
        own = None if self._old is None else self._old.id
        asked = beds.beds_for(self.desk, sex, birth_of(age, today), self._board.night, own=own)
        self._proposals = moving.kept_last(asked, alone=sum(one.persons for one in groups) < 2)
        may = [one for one in self._proposals if (one.is_possible and not one.is_held) or self._is_leaving(one)]
        if self._chosen_bed is not None and all(str(one.bed.id) != self._chosen_bed for one in may):
            may += [one for one in self._proposals if str(one.bed.id) == self._chosen_bed]
        self.bed.set_choices([(str(one.bed.id), self._line(one)) for one in may])
        if self.bed.value() is None:
            first = next((str(one.bed.id) for one in may if one.fits), None)
            self.bed.choose(self._chosen_bed or first)

    def _leaves_on(self, one: Proposal) -> date | None:
        """When the bed is left by plan."""
        found = (look for room in self._board.rooms for look in room.beds if look.bed.id == one.bed.id)
        day = next((look.sleeper.stay.expected_exit for look in found if look.sleeper is not None), None)
        return day if day is not None and day >= self.desk.today() else None

    def _is_leaving(self, one: Proposal) -> bool:
        return bool(one.taken_by) and one.state is None and self._leaves_on(one) is not None

    def _line(self, one: Proposal) -> str:
        told = words.text("{bed} · {room}").format(bed=one.bed.code, room=one.room.name)
        day = self._leaves_on(one) if one.taken_by else None
        if day is None:
            return told
        return words.text("{place}, left on {day} by plan").format(place=told, day=formats.short_day(day))

    @Slot()
    def _bed_chosen(self) -> None:
        """What the rules of the room will say at the admission, once it is said for whom."""
        chosen = self.bed.value() if self.which.value() == "bed" else None
        one = next((one for one in self._proposals if str(one.bed.id) == chosen), None)
        told = ""
        known = self._old is not None or self.answered() is not None or bool(self.age.code())
        if one is not None and known and not one.taken_by and not one.is_held:
            told = moving.of_proposal(self.desk, one, alone=True).told
        self.says.sentence.setText(told)
        self.says.setVisible(bool(told))
        day = self._leaves_on(one) if one is not None and one.taken_by else None
        if day is not None and (self.first.day() or date.min) < day:
            self.first.set_day(day)
            self.expected.set_day(max(day, self.expected.day() or day))

    @Slot()
    def _expected_moved(self) -> None:
        """The nights follow the day of the arrival, as long as nobody said others."""
        day, former = self.expected.day(), self._arrives
        if day is None or day < self.desk.today():
            return
        first, last = self.first.day(), self.last.day()
        if first == former:
            self.first.set_day(day)
        if last is None or last < day or last == former + _USUAL:
            self.last.set_day(day + _USUAL)
        self._arrives = day

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)

    # Holding ----------------------------------------------------------------------------------------------------------

    def wanted(self) -> HeldBed:
        """What is typed. Raises Missing, BadNumber."""
        request, is_room = self.answered(), self.which.value() == "room"
        room = self.room.chosen_id(RoomId) if is_room else None
        bed = None if is_room else self.bed.chosen_id(BedId)
        held = HeldBed(
            HeldBedId(0),
            "",
            self.groups(),
            self.expected.asked(),
            self.first.asked(),
            self.last.asked() + ONE_DAY,
            bed,
            room,
            (self.places.asked() or 0) if is_room else 1,
            None if request is None else request.id,
            self.source.code() if request is None else request.source,
        )
        return held if self._old is None else replace(held, id=self._old.id, request=self._old.request)

    def act(self) -> Told:
        wanted = self.wanted()
        if self._old is not None:
            done = held_beds.change(self.desk, wanted)
            self.held = self._old.id
            told = words.text("{number} is held {until}.")
            return Told("ok", told.format(number=self._old.held_no, until=held_words.until(wanted)), done)
        made = held_beds.hold(self.desk, wanted)
        self.held = made.id
        line = held_beds.line(self.desk, made.id)
        told = words.text("{place} is held {until} ({number}).")
        said = told.format(
            place=held_words.place(line.place, line.held), until=held_words.until(line.held), number=made.number
        )
        return Told("ok", said, made.done)

    def refuse(self, error: RuleBroken) -> None:
        """A place that cannot be held is said beside it."""
        if isinstance(error, BedHeld | NotEnoughBeds):
            refuse(self.room if self.which.value() == "room" else self.bed, sentence(error))
        else:
            super().refuse(error)
