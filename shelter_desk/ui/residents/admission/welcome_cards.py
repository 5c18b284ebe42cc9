"""First, third and fourth card of an admission: when, how and by whom somebody came, what is needed at once, what the
person agrees to (field 3.1, R-15).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import NOT_ASKED, Asked
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.residents.residents import NO_NAMES
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.stock import stock_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import Flow, row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill, in_column
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import formats, place_requests
from shelter_desk.words.beds import held_beds


class ArrivalCard(Card, FieldGroup):
    """Day and hour of arrival (any past one), kind of entry, who referred the person.

    request: the request for a place that this admission meets. held: the held bed that it takes.
    """

    day_changed = Signal()
    kind_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self.late = Badge("", "attention", "clock")
        super().__init__(words.text("1. Arrival"), badge=self.late)
        self._desk = desk
        self.day = DayField(words.text("Date"), desk.today(), required=True, key="admitted_at")
        self.hour = ClockField(words.text("Hour"))
        self.kind = CodeField(words.text("Entry kind"), "entry_kind", required=True)
        self.source = CodeField(words.text("Referred by"), "referral_source")
        self.request: PlaceRequest | None = None
        self.held: HeldLine | None = None
        self.meets = Alert("", "held")
        when = row_of((self.day, 132), (self.hour, 80), (self.kind, 200), (self.source, 250))
        fill(self.body, when, self.meets)
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

    def meet(self, request: PlaceRequest | None, held: HeldLine | None = None) -> None:
        """This admission meets that request, or takes that held bed, or both; who asked is taken from there."""
        self.request, self.held = request, held
        self.meets.setVisible(request is not None or held is not None)
        source = request.source if request is not None else "" if held is None else held.held.source
        if source:
            self.source.choose(source)
        if held is not None:
            told = words.text("Takes what is held ({number}): {place}, for {who}.")
            place, who = held_beds.place(held.place, held.held), held_beds.who(held.held.groups)
            self.meets.sentence.setText(told.format(number=held.held.held_no, place=place, who=who))
            return
        if request is None:
            return
        about = place_requests.persons(request)
        told = words.text("Meets the request {number}: {persons}. It no longer waits once somebody of it is admitted.")
        self.meets.sentence.setText(told.format(number=request.request_no, persons=about))

    def meet_nobody(self) -> None:
        """Somebody comes who was not expected: what was taken from the request or the held bed goes."""
        source = self.request.source if self.request is not None else "" if self.held is None else self.held.held.source
        if source and self.source.value() == source:
            self.source.choose(None)
        self.meet(None)

    def night(self) -> date:
        """The night from which a bed is asked for."""
        return self.day.day() or self._desk.today()

    def moment(self) -> datetime:
        """When the person came; the hour may be unknown. Raises Missing."""
        day = self.day.asked()
        if self.hour.is_wrong():
            raise Missing("admitted_at")
        return datetime.combine(day, self.hour.clock() or time.min)

    def _mark_late(self) -> None:
        day, today = self.day.day(), self._desk.today()
        if day is not None and day < today and self.hour.clock() == self._now:
            self.hour.set_clock(None)  # the hour of typing is not the hour of arrival
        self.late.setVisible(day is not None and day < today)
        self.late.say(words.text("typed today, {day}").format(day=formats.day(today)), "attention", "clock")


LATER = "non_demande"
GIVEN, REFUSED = "donne", "refuse"


class WelcomeCards(QWidget, FieldGroup):
    """Both cards, and what they add to an admission. Who may not ask for consents is not shown them."""

    changed = Signal()
    recording_chosen = Signal(bool)  # whether the file is minimal from now on
    given_chosen = Signal(bool)  # whether anything is agreed to, so that the language it was explained in is asked for

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._hinted: str | None = None
        self._may_ask = desk.may(Permission.ASSIST)
        self._is_minor = False
        decisions = [
            (GIVEN, words.label("consent_status", GIVEN)),
            (REFUSED, words.label("consent_status", REFUSED)),
            (LATER, words.text("Not yet")),
        ]
        self.urgent = Ticks(words.text("Urgent needs"), code_lists.of("urgent_need"))
        self.urgent.label.hide()
        self.interpreter = QCheckBox(words.text("Interpreter needed"))
        self.to_stay = Segments(decisions, LATER, words.text("Agrees to the stay"))
        self.to_record = Segments(decisions, LATER, words.text("Agrees to the recording of the data"))
        self.stay_field = Field(words.text("Agrees to the stay"), self.to_stay)
        self.record_field = Field(words.text("Agrees to the recording of the data"), self.to_record)
        self.rules = QCheckBox(words.text("Rights and house rules explained"))
        self.reason = LineField(words.text("Why no guardian is asked"), True, open_words=True, key="no_guardian_reason")
        watch(desk, self.reason)
        self.kit = ChoiceField(words.text("Kit handed over"))
        self.kit_hint = Label(size="small", ink="ink2", wrap=True)
        self.hint = Label(size="small", ink="ink2", wrap=True)
        self._lay_out()
        for one in (self.to_stay, self.to_record, self.kit):
            one.chosen.connect(self._chosen)
        self.urgent.changed.connect(self.changed)
        for box in (self.interpreter, self.rules):
            box.toggled.connect(self.changed)
        self.begin()

    def _lay_out(self) -> None:
        self.needs = Card(words.text("3. Urgent needs"), words.text("they come before any question"))
        needed = Flow(tokens.SPACE_2, tokens.SPACE_HALF)
        needed.add(self.urgent, self.interpreter)
        self.needs.body.addLayout(needed)
        self.agreed = Card(words.text("4. Agreement and welcome"))
        decided = row_of((self.stay_field, 0), (self.record_field, 0), (self.reason, 280))
        fill(self.agreed.body, decided, self.hint, row_of((self.rules, 0), (self.kit, 360)), self.kit_hint)
        in_column(self.needs, self.agreed, within=self, spacing=tokens.SPACE)

    def begin(self) -> None:
        """Nothing asked, nothing needed yet."""
        self.urgent.choose(())
        for box in (self.interpreter, self.rules):
            box.setChecked(False)
        for segments in (self.to_stay, self.to_record):
            segments.choose(LATER)
        self.reason.set_text("")
        # those in use, with how many are in the store; who has no store asks for one
        kits = stock_catalogue.kits_offered(self._desk) if self._desk.may(Permission.STOCK_REQUEST) else ()
        self._kits = {one.code: one for one in kits}
        self.kit.set_choices([("", words.text("none")), *((one.code, one.name) for one in kits)])
        self.kit.choose("")
        self.kit.setVisible(bool(kits))
        self._hint_kit()
        self.show_again()

    def _hint_kit(self) -> None:
        """How many of it there are, and what becomes of it: who has no store asks for it."""
        self._hinted = self.kit.value()
        self.kit.clear()
        kit = self._kits.get(self._hinted or "")
        self.kit_hint.setVisible(kit is not None)
        if kit is None:
            return
        text = words.text("{n} in the store. The store is asked for it with the admission.")
        if self._desk.may(Permission.STOCK_EDIT):
            text = words.text("{n} in the store. It goes out with the admission, and its service is written.")
        self.kit_hint.setText(text.format(n=formats.number(stock_catalogue.kits_in_store(self._desk, kit))))

    def be_about(self, is_minor: bool) -> None:
        """A child has a guardian, or it is said why none is asked."""
        self._is_minor = is_minor
        self.show_again()

    @property
    def is_minimal(self) -> bool:
        """True while the person refuses the recording."""
        return self._may_ask and self.to_record.value() == REFUSED

    @Slot(str)
    def _chosen(self, _code: str = "") -> None:
        self.show_again()
        self.changed.emit()

    def show_again(self) -> None:
        """Show what hangs on the answers."""
        given = GIVEN in (self.to_stay.value(), self.to_record.value())
        for field in (self.stay_field, self.record_field):
            field.setVisible(self._may_ask)
        self.reason.setVisible(self._may_ask and given and self._is_minor)
        self.needs.setDisabled(self.is_minimal)
        if self.kit.value() != self._hinted:
            self._hint_kit()
        self.hint.setVisible(self._may_ask)
        self.hint.setText(_hint(self.is_minimal, given))
        self.recording_chosen.emit(self.is_minimal)
        self.given_chosen.emit(self._may_ask and given)

    def complete(self, admission: Admission, languages: Sequence[str]) -> Admission:
        """The admission with what is said here; of somebody who refuses the recording, with the minimum alone."""
        asked = NOT_ASKED
        if self._may_ask:
            said = [one.value() or LATER for one in (self.to_stay, self.to_record)]
            to_stay, to_record = ("" if one == LATER else one for one in said)
            asked = Asked(to_stay, to_record, next(iter(languages), ""), self.reason.text())
        told = replace(
            admission,
            asked=asked,
            house_rules_explained=True if self.rules.isChecked() else None,
            kit=self.kit.code(),
        )
        if self.is_minimal:
            return replace(told, names=NO_NAMES, other_nationalities=(), region_origin="", languages=())
        needs = True if self.interpreter.isChecked() else None
        return replace(told, urgent_needs=self.urgent.values(), interpreter_needed=needs)


def _hint(is_minimal: bool, given: bool) -> str:
    if is_minimal:
        return words.text("Minimal file: code, sex, age, dates and bed only. Care is the same.")
    if given:
        return words.text("“Given”: all seven points were explained aloud in a language of the person; you certify it.")
    return words.text("Refusing takes nothing away: bed, meals, protection and care stay the same.")
