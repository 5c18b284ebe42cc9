"""The exit of a resident, with the family that leaves too, and what is told of it (field 3.7).

On the record it is one of its forms; `ExitOver` lays it over a page that shows something else, with the same draft.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain import codes, errors
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import exits as exit_rules
from shelter_desk.domain.stays.exits import ExitRecord
from shelter_desk.domain.stays.roll_call import DISAPPEARED
from shelter_desk.domain.stays.stays import VOID, Stay
from shelter_desk.operations import settings
from shelter_desk.operations.casefile.voluntary_returns import EXIT as RETURN
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft, Value
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import families, roll_call, stays
from shelter_desk.ui import later_nights, tokens
from shelter_desk.ui.exits import exit_more
from shelter_desk.ui.exits.exit_more import ExitMore, Handovers
from shelter_desk.ui.exits.given_back import GivenBack, Leaver
from shelter_desk.ui.forms import code_lists, drafting, unsaved
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import keep_room
from shelter_desk.words import formats

DEATH, HOUR = "deces", "hour"


class ExitForm(ActForm):
    """Day, hour, reason, destination; who came along is ticked to leave too (R-32), what is lent or deposited is asked.

    A child does not take its mother along unless that is ticked.
    """

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Exit of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the exit"), "leave")
        self._person, self._stay = record.person, stay.stay
        now = desk.now()
        self._now = now.time()
        self.day = DayField(words.text("Exit on"), now.date(), required=True, value=now.date(), key="exited_at")
        self.hour = ClockField(words.text("Hour"), value=now.time(), key=HOUR)
        off = (VOID, *settings.left_out(desk, "exit_reason"))
        self.reason = ChoiceField(
            words.text("Reason"), code_lists.of("exit_reason", without=off), required=True, key="exit_reason"
        )
        self.destination = CodeField(words.text("Destination"), "exit_destination")
        self._proposed: date | None = None
        self.unseen = Label("", size="small", ink="attention", wrap=True)
        self.planned = Label(size="small", ink="ink2")
        keep_room(self.planned)
        self.hint = Alert("", "attention")
        self.summary = Label(bold=True)
        self.family = [
            (other, person, self._tick(other, person)) for other, person in stay.family if other.exited_at is None
        ]
        self.left_behind = Alert("", "attention")
        self.carer = ChoiceField(words.text("Those who stay are with"), key="carer")
        self.carer.setMaximumWidth(tokens.wide(380))
        others = [Leaver(other.id, person.id, person.code) for other, person, _ in self.family]
        leavers = [Leaver(self._stay.id, self._person.id), *others]
        self.back = GivenBack(desk, leavers)
        self.more = ExitMore(now.date())
        self.handovers = Handovers(desk, leavers)
        self.child = self.handovers.of.get(self._stay.id)
        self._fill()
        self.day.changed.connect(self._tell)
        self.reason.chosen.connect(self._reason_chosen)
        self.destination.chosen.connect(self._tell)
        self._tell()
        self.first = self.reason

    def _tick(self, other: Stay, person: Person) -> QCheckBox:
        age = formats.age(person.birth.age(self.desk.today()))
        tick = QCheckBox(words.text("{code} leaves too ({age})").format(code=person.code, age=age))
        tick.setChecked(other.head == self._stay.id)
        return tick

    def _fill(self) -> None:
        self.row((self.day, 150), (self.hour, 88), (self.reason, 300), (self.destination, 220))
        self.add(self.unseen, self.planned, self.hint)
        self.unseen.hide()
        if self.family:
            self.add(Label(words.text("Leave together"), size="small", bold=True, ink="ink2"))
        for _, _, tick in self.family:
            tick.toggled.connect(self._tell)
            self.add(tick)
        self.add(self.left_behind, self.carer, self.back, self.handovers, self.summary, RuleLine())
        self.section(words.text("Known today, or to be completed later"))
        self.add(self.more)

    @property
    def fields(self) -> dict[str, Field]:
        return super().fields | self.back.fields | self.handovers.fields

    @property
    def drafted(self) -> dict[str, QWidget]:
        leaving: dict[str, QWidget] = {f"leaves/{person.code}": tick for _, person, tick in self.family}
        return super().drafted | leaving | self.back.drafted | self.handovers.drafted

    @Slot()
    def _tell(self) -> None:
        day = self.day.day()
        if day is not None and day < self.desk.today() and self.hour.clock() == self._now:
            self.hour.set_clock(None)  # the hour of typing is not the hour of the exit
        reason = self.reason.code()
        n = max(0, (day - self._stay.admitted_at.date()).days) if day is not None else 0
        told = words.text("{nights}; the night of the exit is not counted.")
        self.summary.setText(told.format(nights=words.count("{n} night", "{n} nights", n)))
        self.planned.setVisible(bool(reason))
        self.planned.setText(_planned(reason))
        hint = exit_more.before_exit(self.desk, self._person.id) if reason == RETURN else _hint(reason)
        self.hint.setVisible(bool(hint))
        self.hint.sentence.setText(hint)
        self.more.show_for(self.destination.code())
        gone_ids = {stay.id for stay, _ in self._leaving()}
        self.handovers.show_for(gone_ids, reason, day or self.desk.today())
        self.back.show_for(gone_ids)
        behind = self._behind()
        self.left_behind.setVisible(bool(behind))
        self.left_behind.sentence.setText(behind)
        self._offer_carers(day)

    def _offer_carers(self, day: date | None) -> None:
        """With whom those may stay who are in the care of somebody who leaves."""
        gone = {stay.id for stay, _ in self._leaving()}
        charges = [other for other, _, tick in self.family if not tick.isChecked() and other.head in gone]
        may = self.desk.may(Permission.ADMIT) and day is not None and day <= self.desk.today()
        self.carer.setVisible(bool(charges) and may)
        if day is None or not charges or not may:
            return
        around = families.around(self.desk, self._stay.id, day).heads
        told = words.text("{code}, {age}")
        lines = [
            (str(one.id), told.format(code=who.code, age=formats.age(who.birth.age(day))))
            for one, who in around
            if one.id not in gone
        ]
        self.carer.set_choices([("", words.text("not said yet")), *lines])
        if self.carer.value() is None:
            self.carer.choose("")

    def _leaving(self) -> list[tuple[Stay, Person]]:
        """Who leaves, the person the form is about first."""
        family = [(other, person) for other, person, tick in self.family if tick.isChecked()]
        return [(self._stay, self._person), *family]

    def _behind(self) -> str:
        """R-32: who came along and stays, or whom the one who leaves came along with; "" where nobody."""
        staying = [(other, person) for other, person, tick in self.family if not tick.isChecked()]
        here = {other.id: person.code for other, person in staying}
        charges, heads = exit_rules.apart([stay for stay, _ in self._leaving()], [other for other, _ in staying])
        if charges:
            told = words.text("{codes} came along and would stay here without them. Check it.")
            return told.format(codes=", ".join(here[one.id] for one in charges))
        if heads:
            told = words.text("{code} would leave without the adult they came with ({codes}). Check it.")
            return told.format(code=self._person.code, codes=", ".join(here[one.id] for one in heads))
        return ""

    @Slot(str)
    def _reason_chosen(self, reason: str) -> None:
        """Of who disappears the day after the last night seen is proposed: the night of the day it was noticed may be
        slept elsewhere. For another reason what was proposed goes, unless it was typed over.
        """
        told = ""
        if reason == DISAPPEARED:
            found = roll_call.unseen(self.desk, self._stay.id)
            if self.day.day() == self.desk.today():
                exit_more.propose_last_seen(found, self.day, self.hour)
                self._proposed = self.day.day()
            told = exit_more.last_seen_text(found)
            self.destination.choose("inconnue")
        else:
            if self._proposed is not None and self.day.day() == self._proposed:
                self.day.set_day(self.desk.today())
                self.hour.set_clock(self._now)
            self._proposed = None
        self._say_unseen(told)
        if reason in (DISAPPEARED, DEATH):
            for _, _, tick in self.family:
                tick.setChecked(False)
        self._tell()

    def _say_unseen(self, told: str) -> None:
        self.unseen.setText(told)
        self.unseen.setVisible(bool(told))
        self.day.line.setAccessibleDescription(told)

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show a draft again; its day and its hour are those that were there."""
        super().fill(values)
        if self.reason.value() == DISAPPEARED:
            self._say_unseen(exit_more.last_seen_text(roll_call.unseen(self.desk, self._stay.id)))
        drafting.put(self.day, values.get("day", ""))
        drafting.put(self.hour, values.get("hour", ""))
        for key in self.handovers.drafted.keys() & values.keys():  # which decisions are offered hangs on the reason
            drafting.put(self.handovers.drafted[key], values[key])
        self._tell()
        drafting.put(self.carer, values.get("carer", ""))  # whom they may stay with hangs on who leaves

    def refresh(self) -> None:
        self.more.refresh()
        self.back.refresh()
        self._tell()

    def refuse(self, error: errors.RuleBroken) -> None:
        """Say it beside the field it is about: the loan without an answer, R-10 beside the one that is missing."""
        if self.back.says(error) or self.handovers.says(error):
            return
        if isinstance(error, Missing) and error.field == HOUR:
            told = words.text("This hour does not exist: {typed}.")
            self.hour.set_error(told.format(typed=self.hour.line.text().strip()))
            self.hour.setFocus()
            return
        super().refuse(error)

    def act(self) -> Told:
        day, reason, gone = self.day.asked(), self.reason.code(), self._leaving()
        if self.hour.is_wrong():
            raise Missing(HOUR)
        moment = datetime.combine(day, self.hour.clock() or time.min)
        ids = [stay.id for stay, _ in gone]
        told = ExitRecord(self.more.said(self._stay.id))
        said = {self._stay.id: self.back.added_to(self.handovers.added_to(told))}
        said |= self.back.of(ids[1:], self.handovers.added_to)
        carer = self.carer.chosen_id(StayId) if self.carer.isVisibleTo(self) else None
        whole = stays.leave_together(self.desk, ids, moment, reason, self.destination.code(), said, carer)
        n = len(gone)
        recorded = words.text("Exit of {code} recorded.").format(code=self._person.code)
        if n > 1:
            recorded = words.count("{n} exit recorded.", "{n} exits recorded.", n)
        return later_nights.left(Told("ok", recorded, whole))


def _planned(reason: str) -> str:
    if not reason:
        return ""
    planned = codes.code("exit_reason", reason).extra.get("planned", "")
    return words.text("Planned exit.") if planned == "yes" else words.text("Unplanned exit.")


def _hint(reason: str) -> str:
    if reason == DISAPPEARED:
        return words.text("Write the morning after the last night surely slept here, not the day it was noticed.")
    if reason == DEATH:
        return words.text("The file stays as it is. Inform the manager and the authorities.")
    return ""


class ExitOver(QObject):
    """One exit at a time in place of what the faces show; what was there before comes back with `closed`."""

    told = Signal(object)  # Told
    closed = Signal(bool)  # whether somebody left

    def __init__(self, desk: Desk, faces: QStackedWidget) -> None:
        super().__init__(faces)
        self._desk, self._faces = desk, faces
        self.form: ExitForm | None = None
        self._drafting: Drafting | None = None

    def open(self, person: PersonId, stay: StayId, where: str) -> None:
        """The exit of that stay; what was typed before, here or on the record, is there again.

        where: the place of the person, `Lit 1F`, since the plan is not seen meanwhile.
        """
        with refusals_told(self.told):
            record = residents.record(self._desk, person)
            mine = next((one for one in record.stays if one.stay.id == stay), None)
            if mine is None or self.form is not None:
                return
            form = self.form = ExitForm(self._desk, record, mine)
            who = words.text("{code}, {place}").format(code=record.person.code, place=where[:1].lower() + where[1:])
            form.title.setText(words.text("Exit of {code}").format(code=who))
            self._drafting = Drafting(self._desk, form, f"residents/exit/{record.person.code}")
            self._drafting.found.connect(self._resume)
            form.told.connect(self.told)
            form.acted.connect(self._acted)
            form.closed.connect(self._give_up)
            form.left.connect(self.leave)
            form.touched.connect(self._drafting.touch)
            self._faces.addWidget(form)
            self._faces.setCurrentWidget(form)
            form.begin()
            self._drafting.begin()

    @Slot(object)
    def _resume(self, draft: Draft) -> None:
        if self._drafting is not None:
            self._drafting.resume(draft)
            self.told.emit(Told("held", drafting.sentence(draft)))

    @Slot()
    def _acted(self) -> None:
        self._close(done=True)

    @Slot()
    def _give_up(self) -> None:
        self._close(done=False)

    @Slot()
    def leave(self) -> None:
        """What is under it again; what was typed is kept, and said to be."""
        kept, self._drafting = self._drafting, None
        if kept is None:
            return
        told = unsaved.kept(kept)
        self._close(done=False)
        if told is not None:
            self.told.emit(told)

    def _close(self, *, done: bool) -> None:
        """The form goes, and its draft unless it is kept already."""
        form, kept, self.form, self._drafting = self.form, self._drafting, None, None
        if kept is not None:
            kept.forget()
        if form is not None:
            self._faces.setCurrentIndex(0)
            self._faces.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.closed.emit(done)
