"""One difference between a roll call and the register: a sentence with the buttons that solve it."""

import itertools
from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.moments import is_plain, plain
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.roll_call import DISAPPEARED
from shelter_desk.domain.stays.stays import Place
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.roll_call import Differing
from shelter_desk.ui import later_nights, tokens
from shelter_desk.ui.exits.given_back import GivenBack, Leaver
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.late_reason import LateReason
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.page import Told
from shelter_desk.ui.today.catch_up import choices
from shelter_desk.ui.today.roll_call.roll_call_rows import reason_said
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules
from shelter_desk.words.refusals.errors import sentence

EXTRA = "extra"
PLACES: tuple[Place, ...] = ("lit", "appoint", "partage")
_ICONS = {
    "absent": "absence",
    "away": "arrive",
    "no_place": "moon",
    "elsewhere": "bed",
    "gone": "leave",
    "not_called": "list",
}


class DifferenceLine(QFrame):
    """One difference: solved here by an ordinary act, or led to where it can be."""

    settled = Signal(object)  # Told
    told = Signal(object)  # Told: trouble
    record_wanted = Signal(int)  # PersonId
    admission_wanted = Signal()
    call_wanted = Signal(object)  # StayId of whom it is about, None for nobody here

    def __init__(self, desk: Desk, one: Differing) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.desk, self.one = desk, one
        self.buttons: dict[str, Button] = {}
        self.bed: ChoiceField | None = None
        self.day: DayField | None = None
        self.hour: ClockField | None = None
        self.back: GivenBack | None = None
        self.sentence = Label(said(one), wrap=True)
        self.refusal = Alert("", "blocked")
        self.late_reason = LateReason(desk)
        self.reason = LineField(words.text("Reason for setting the rule aside"), required=True, open_words=True)
        watch(desk, self.reason)
        self._acts = Flow(tokens.SPACE, tokens.SPACE)
        self._fields = Flow(tokens.SPACE_PANEL, tokens.SPACE)
        icon = (IconLabel(_ICONS.get(one.kind, "person"), "attention"), 0, Qt.AlignmentFlag.AlignTop)
        head = in_row(icon, (self.sentence, 1), spacing=tokens.SPACE_PANEL)
        self._whole = in_column(
            head,
            self._fields,
            self.reason,
            self.refusal,
            self.late_reason,
            self._acts,
            within=self,
            spacing=tokens.SPACE,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        self._offer()
        self.refusal.hide()
        self.reason.hide()

    def _offer(self) -> None:
        kind, may = self.one.kind, self.desk.may
        if kind == "absent" and may(Permission.MOVE):
            self._button("be_away", words.text("Record the absence"), "absence", self.settle)
        if kind == "absent" and self.one.left is not None and may(Permission.DISCHARGE):
            self._button("disappeared", words.text("Disappearance…"), "leave", self.ask_exit)
            self._button("leave", words.text("Record the exit"), "leave", self.settle)
            self.buttons["leave"].hide()
        if kind == "away" and may(Permission.MOVE):
            self._button("come_back", words.text("Record the return"), "arrive", self.settle)
        if kind == "no_place" and may(Permission.MOVE):
            self._ask_bed()
        if kind == "elsewhere" and may(Permission.MOVE):
            self._offer_move()
        if kind in ("gone", "elsewhere"):
            self._button("record", words.text("Open the record"), "document", self._open_record)
        if kind == "unregistered" and may(Permission.ADMIT_PROVISIONAL):
            self._button("admit", words.text("Admit a person"), "arrive", self.admission_wanted.emit)
        if kind in ("not_called", "unregistered", "gone", "absent", "elsewhere"):
            self._button("call", words.text("Correct the roll call"), "pencil", self._call_again)
        if not self.buttons or (kind in ("absent", "elsewhere") and not may(Permission.MOVE)):
            told = words.text("A manager or a case worker settles this.")
            self._acts.addWidget(Label(told, size="small", ink="ink2"))

    def _call_again(self) -> None:
        self.call_wanted.emit(None if self.one.stay is None else self.one.stay.id)

    def _button(self, key: str, text: str, icon: str, act: Callable[[], object]) -> None:
        button = Button(text, icon=icon, on_click=act)
        button.setAccessibleDescription(self.sentence.text())
        self.buttons[key] = button
        self._acts.addWidget(button)

    def first(self) -> QWidget | None:
        """What takes the focus."""
        return self.bed or next((button for button in self.buttons.values() if not button.isHidden()), None)

    # Acts ------------------------------------------------------------------------------------------------------------

    def _who(self) -> tuple[StayId, str]:
        if self.one.stay is None or self.one.person is None:
            raise errors.Missing("person_code")
        return self.one.stay.id, self.one.person.code

    def _be_away(self) -> Told:
        """An absence from that night on, for the reason called."""
        stay, code = self._who()
        done = absences.be_away(self.desk, stay, self.one.absence_type, self.one.night, self.one.back)
        return Told("ok", words.text("Absence of {code} recorded.").format(code=code), done)

    def _come_back(self) -> Told:
        """The absence ends before that night."""
        stay, code = self._who()
        done = absences.come_back(self.desk, stay, self.one.night)
        return Told("ok", words.text("Return of {code} recorded.").format(code=code), done)

    def _offer_move(self) -> None:
        """The move that the call shows; it holds until the person was moved once more."""
        if self.one.other is not None:
            self._button("swap", words.text("Exchange the two beds"), "swap", self.settle)
        elif self.one.place == "appoint" or self.one.bed is not None:
            self._button("move", words.text("Record the move"), "bed", self.settle)

    def _ask_bed(self) -> None:
        person, stay = self.one.person, self.one.stay
        if person is None or stay is None:
            return
        household = stay.family_on(self.one.night)
        found = beds.beds_for(self.desk, person.sex, person.birth, self.one.night, household, stay.id)
        extra = (EXTRA, words.text("Extra place, without a bed"))
        seen = EXTRA if self.one.place == "appoint" else None if self.one.bed is None else str(self.one.bed)
        self.bed = ChoiceField(words.text("New bed"), [*choices.beds(found, later=False), extra], seen, required=True)
        self.bed.setFixedWidth(tokens.wide(300))
        choices.say_not_yet(self.bed, found)
        self._fields.addWidget(self.bed)
        self._button("place", words.text("Give this place"), "bed", self.settle)

    def _give_place(self) -> Told:
        """The bed chosen, from that night on."""
        chosen = self.bed.value() if self.bed is not None else None
        if chosen is None:
            raise errors.Missing("bed_code")
        return self._move(Spot("appoint") if chosen == EXTRA else Spot("lit", BedId(int(chosen)), reason=self._why()))

    def _move_there(self) -> Told:
        """The place in which the person was seen, from that night on."""
        place = next((one for one in PLACES if one == self.one.place), PLACES[0])
        return self._move(Spot(place, self.one.bed, reason=self._why()))

    def _move(self, spot: Spot) -> Told:
        stay, code = self._who()
        return _placed(stay, code, stays.move(self.desk, stay, spot, plain(self.one.night)))

    def _swap(self) -> Told:
        """The two persons have each other's beds from that night on."""
        stay, code = self._who()
        if self.one.other is None:
            raise errors.Missing("bed_code")
        return _placed(stay, code, stays.swap(self.desk, stay, self.one.other, plain(self.one.night), self._why()))

    def _why(self) -> str:
        return "" if self.reason.isHidden() else self.reason.text()

    @Slot()
    def ask_exit(self) -> None:
        """Offer the last proven presence as the moment of the exit, which can be typed over.

        What the person has of the house, and what it keeps, is asked before it is written.
        """
        left, person, stay = self.one.left, self.one.person, self.one.stay
        if left is None or person is None or stay is None or self.day is not None:
            return
        self.day = DayField(words.text("Exit on"), self.desk.today(), required=True, value=left.date())
        self.hour = ClockField(words.text("Hour"), value=None if is_plain(left) else left.time())
        self.day.setFixedWidth(tokens.wide(150))
        self.hour.setFixedWidth(tokens.wide(90))
        told = words.text("Last proven presence: {moment}. The exit is written as a disappearance.")
        proven = Label(told.format(moment=formats.moment(left)), size="small", ink="ink2")
        self._fields.add(self.day, self.hour, proven)
        self.back = GivenBack(self.desk, [Leaver(stay.id, person.id)])
        self._whole.insertWidget(2, self.back)
        self.back.show_for({stay.id})
        for key, button in self.buttons.items():
            if key in ("be_away", "disappeared"):
                button.hide()
        for widget in (self.buttons["leave"], self.day, self.hour):
            widget.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        asked = [one.focusProxy() or one for one in self.back.drafted.values()]
        for before, after in itertools.pairwise([self.hour.line, *asked, self.buttons["leave"]]):
            QWidget.setTabOrder(before, after)

    def _leave(self) -> Told:
        """The stay ends at the moment typed."""
        stay, code = self._who()
        day = self.day.day() if self.day is not None else None
        if day is None or self.hour is None or self.hour.is_wrong() or self.back is None:
            raise errors.Missing("exited_at")
        at = datetime.combine(day, self.hour.clock() or time.min)
        done = stays.leave_together(self.desk, [stay], at, DISAPPEARED, said=self.back.of([stay]))
        return later_nights.left(Told("ok", words.text("Exit of {code} recorded.").format(code=code), done))

    @Slot()
    def settle(self) -> None:
        """Do what the button says that was pressed, or say why not."""
        acts = {
            "be_away": self._be_away,
            "come_back": self._come_back,
            "place": self._give_place,
            "move": self._move_there,
            "swap": self._swap,
            "leave": self._leave,
        }
        key = next(key for key, button in self.buttons.items() if button is self.sender())
        self.refusal.hide()
        for field in self.back.fields.values() if self.back is not None else ():
            field.clear()
        try:
            with self.late_reason.given():
                told = acts[key]()
        except NeedsLateReason as error:
            self.late_reason.ask(error)
        except errors.NeedsReason as error:
            may = self.desk.may(Permission.OVERRIDE_RULE)
            why = [room_rules.warning(rule) for rule in error.rules]
            why += [] if may else [words.text("A manager may set this rule aside.")]
            self._refuse(" ".join(why))
            self.reason.setVisible(may)
            if may:
                self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        except errors.RuleBroken as error:
            if self.back is None or not self.back.says(error):
                self._refuse(sentence(error))
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.settled.emit(told)

    def _refuse(self, why: str) -> None:
        self.refusal.sentence.setText(why)
        self.refusal.show()

    @Slot()
    def _open_record(self) -> None:
        if self.one.person is not None:
            self.record_wanted.emit(self.one.person.id)


def _placed(stay: StayId, code: str, done: Done) -> Told:
    return later_nights.moved(Told("ok", words.text("Place of {code} recorded.").format(code=code), done), stay)


def said(one: Differing) -> str:
    """The difference in a sentence; the code first."""
    if one.kind == "unregistered":
        return words.count(
            "{n} person seen who is not registered. Admit or explain in the note.",
            "{n} persons seen who are not registered. Admit or explain in the note.",
            one.n,
        )
    code = one.person.code if one.person is not None else ""
    if one.kind == "absent":
        told = words.text("{code}: not seen ({reason}), and no absence is recorded.")
        return told.format(code=code, reason=reason_said(one.absence_type).lower())
    if one.kind == "away":
        since = formats.day(one.absence.start.date()) if one.absence is not None else ""
        return words.text("{code}: seen, but recorded as away since {day}.").format(code=code, day=since)
    if one.kind == "no_place":
        return words.text("{code}: seen, but no place is known.").format(code=code)
    if one.kind == "elsewhere":
        seen, kept = (
            _place(one.place, one.bed_code),
            _place(one.recorded.place if one.recorded else "", one.recorded_bed),
        )
        return words.text("{code}: seen {seen}, but {kept} by the register.").format(code=code, seen=seen, kept=kept)
    if one.kind == "gone":
        left = one.stay.exited_at if one.stay is not None else None
        if left is None:
            return words.text("{code}: seen, but not here by the register.").format(code=code)
        return words.text("{code}: seen, but left on {moment}.").format(code=code, moment=formats.moment(left))
    return words.text("{code}: here by the register, but not called.").format(code=code)


def _place(place: str, bed_code: str) -> str:
    """`in bed 1B`, within a sentence."""
    if place == "appoint":
        return words.text("on an extra place")
    if place == "partage":
        return words.text("in the bed of a parent")
    return words.text("in bed {code}").format(code=bed_code)
