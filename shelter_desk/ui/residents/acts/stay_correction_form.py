"""Entry and exit of a stay put right, or a cancelled stay brought back; what else that changes is said beforehand.

A stay that was typed by mistake is cancelled for a reason.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.stays.corrections import NotFree
from shelter_desk.domain.stays.stays import VOID, Placement, Stay
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import stay_corrections, stays
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.case_form import CaseForm, TickField
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.words import stay_corrections as correction_words

OUT, HERE = "out", "here"


class StayCorrectionForm(CaseForm):
    """Day, hour, kind and who referred; day, hour, reason and destination, or still here."""

    def __init__(self, desk: Desk, record: Record, stay: Stay) -> None:
        is_void = stay.is_void
        title = words.text("Entry and exit of {code}, stay {number}")
        verb, icon = words.text("Save"), "check"
        if is_void:
            title, verb, icon = words.text("Bring back stay {number} of {code}"), words.text("Bring it back"), "undo"
        super().__init__(desk, title.format(code=record.person.code, number=stay.stay_no), verb, icon)
        self._record, self._is_void = record, is_void
        self._stay = stay_corrections.before_void(desk, stay.id) if is_void else stay
        self._has_exit = is_void or stay.exited_at is not None
        self.changes = Alert("")
        self._make()
        self._fill()
        self._show()
        self.first = self.day
        whole = self.layout()  # what else changes stands above the verb, wherever the form is scrolled to
        if isinstance(whole, QBoxLayout):
            whole.insertWidget(1, self.changes)
        for field in (self.day, self.hour, self.left_day, self.left_hour):
            field.changed.connect(self._say_changes)
        for choice in (self.kind, self.still, self.reason):
            choice.chosen.connect(self._say_changes)
        self.without.box.toggled.connect(self._say_changes)
        self.without.box.toggled.connect(self._refusal.hide)
        self._say_changes()

    def _make(self) -> None:
        today = self.desk.today()
        self.day = DayField(words.text("Entry on"), today, required=True, key="admitted_at")
        self.hour = ClockField(words.text("Hour"), key="entry_hour")
        self.kind = CodeField(words.text("Entry kind"), "entry_kind", required=True)
        self.source = CodeField(words.text("Referred by"), "referral_source")
        state = [(OUT, words.text("The person left")), (HERE, words.text("The person is still here"))]
        self.still = ChoiceField(words.text("Exit"), state, required=True)
        self.left_day = DayField(words.text("Exit on"), today, required=True, key="exited_at")
        self.left_hour = ClockField(words.text("Hour"), key="exit_hour")
        off = (VOID, *settings.left_out(self.desk, "exit_reason"))
        self.reason = ChoiceField(
            words.text("Reason"), code_lists.of("exit_reason", without=off), required=True, key="exit_reason"
        )
        self.destination = CodeField(words.text("Destination"), "exit_destination")
        told = words.text("Leave the nights on which the bed is not free without a place")
        self.without = TickField(words.text("Nights that are added"), told)

    def _fill(self) -> None:
        self.section(words.text("Entry"))
        self.row((self.day, 150), (self.hour, 88), (self.kind, 230), (self.source, 260))
        if self._has_exit:
            self.section(words.text("Exit"))
            self.row((self.still, 250), (self.left_day, 140), (self.left_hour, 80), (self.reason, 300))
            self.row((self.destination, 230), (self.without, 0))
        else:
            self.add(self.without)
        self.without.hide()

    def _show(self) -> None:
        stay, left = self._stay, self._stay.exited_at
        self.day.set_day(stay.admitted_at.date())
        self.hour.set_clock(_hour(stay.admitted_at))
        self.kind.choose(stay.entry_kind)
        self.source.choose(stay.referral_source or None)
        if self._has_exit:
            self.still.choose(HERE if left is None else OUT)
            self.left_day.set_day(None if left is None else left.date())
            self.left_hour.set_clock(None if left is None else _hour(left))
            self.reason.choose(stay.exit_reason or None)
            self.destination.choose(stay.exit_destination or None)

    def values(self) -> dict[str, Value]:
        """What a draft keeps, and of which stay: a person may have several."""
        return super().values() | {"stay": str(self._stay.id)}

    def fill(self, values: Mapping[str, Value]) -> None:
        if values.get("stay") == str(self._stay.id):
            super().fill(values)

    def refresh(self) -> None:
        self._say_changes()

    @Slot()
    def _say_changes(self) -> None:
        is_out = self._is_out()
        for field in (self.left_day, self.left_hour, self.reason, self.destination):
            field.setVisible(self._has_exit and is_out)
        try:
            found = stay_corrections.effects(self.desk, self._corrected(), self.without.is_ticked())
        except errors.RuleBroken:  # not typed to the end; it is refused when it is saved
            self.changes.hide()
            return
        self.without.setVisible(bool(found.taken))
        if self.without.is_ticked():  # what is left of the places says it
            found = replace(found, taken=())
        lines = correction_words.describe(found, self._place)
        head = words.text("Bringing it back changes:") if self._is_void else words.text("Saving this changes:")
        self.changes.sentence.setText("\n".join([head, *lines]))
        self.changes.setVisible(bool(lines))

    def _place(self, placement: Placement) -> str:
        bed = None if placement.bed is None else self._record.beds.get(placement.bed)
        key = bed.room_on(placement.start.date()) if bed is not None else placement.room
        return choices.place_text(placement.place, bed, None if key is None else self._record.rooms.get(key))

    def _is_out(self) -> bool:
        return self._has_exit and self.still.code() != HERE

    def _corrected(self) -> Stay:
        """The stay as it is typed. Raises Missing."""
        came = _moment(self.day, self.hour)
        left = _moment(self.left_day, self.left_hour) if self._is_out() else None
        return replace(
            self._stay,
            admitted_at=came,
            entry_kind=self.kind.code(),
            referral_source=self.source.code(),
            exited_at=left,
            exit_reason=self.reason.code() if left is not None else "",
            exit_destination=self.destination.code() if left is not None else "",
        )

    def sentence(self, error: errors.ShelterDeskError) -> str:
        if isinstance(error, Missing) and error.field in (self.hour.key, self.left_hour.key):
            typed = self.hour if error.field == self.hour.key else self.left_hour
            told = words.text("This hour does not exist: {typed}.")
            return told.format(typed=typed.line.text().strip())
        if isinstance(error, NotFree):
            return correction_words.not_free(error)
        return super().sentence(error)

    def refuse(self, error: errors.RuleBroken) -> None:
        super().refuse(error)
        if isinstance(error, NotFree):
            self.without.show()
            self.without.setFocus()

    def act(self) -> Told:
        stay = self._corrected()
        told = words.text("Stay {number} corrected.")
        if self._is_void:
            told = words.text("Stay {number} brought back.")
        elif stay == self._stay:
            return Told("ok", words.text("Nothing was changed."))
        done = stay_corrections.correct(self.desk, stay, self.without.is_ticked())
        return Told("ok", told.format(number=stay.stay_no), done)


class CancelStayForm(ActForm):
    """Why it was typed by mistake; it counts nowhere from then on, and can be brought back."""

    def __init__(self, desk: Desk, record: Record, stay: Stay) -> None:
        title = words.text("Cancel stay {number} of {code}").format(number=stay.stay_no, code=record.person.code)
        super().__init__(desk, title, words.text("Cancel the stay"), "close", danger=True)
        self._stay = stay
        self.explain(words.text("It was typed by mistake: it counts nowhere and frees its bed. Nothing is deleted."))
        self.explain(words.text("The record keeps it, with the button that brings it back."))
        self.reason = LineField(
            words.text("Why it is cancelled, without a name"), required=True, open_words=True, key="reason"
        )
        self.reason.setMaximumWidth(tokens.wide(576))
        self.add(self.reason)

    def act(self) -> Told:
        done = stays.void(self.desk, self._stay.id, self.reason.text())
        return Told("ok", words.text("Stay {number} cancelled.").format(number=self._stay.stay_no), done)


def correction(desk: Desk, record: Record, stay: StayRecord, at: str) -> StayCorrectionForm:
    """The form of the stay that is asked for, else of the last one."""
    return StayCorrectionForm(desk, record, chosen(record, stay, at).stay)


def cancelling(desk: Desk, record: Record, stay: StayRecord, at: str) -> CancelStayForm | None:
    """The same; None of a stay that is cancelled already."""
    mine = chosen(record, stay, at).stay
    return None if mine.is_void else CancelStayForm(desk, record, mine)


def chosen(record: Record, last: StayRecord, at: str) -> StayRecord:
    """The stay of that id, else the last one."""
    key = StayId(int(at)) if at else last.stay.id
    return next((one for one in record.stays if one.stay.id == key), last)


def _hour(moment: datetime) -> time | None:
    return None if is_plain(moment) else moment.time()


def _moment(day: DayField, hour: ClockField) -> datetime:
    """The moment typed, a plain day without an hour. Raises Missing."""
    if hour.is_wrong():
        raise Missing(hour.key)
    return datetime.combine(day.asked(), hour.clock() or time.min)
