"""A fast line for somebody who left."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import REDIRECTED, VOID
from shelter_desk.operations import loans_at_exit, settings, stays
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import Listed
from shelter_desk.ui import bed_told
from shelter_desk.ui.page import Told
from shelter_desk.ui.today import choices
from shelter_desk.ui.today.line import Line, MomentFields, Period, at_text
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.widgets.fields import Field


class ExitLine(Line):
    """Who among those here, when, why, where to; the family leaves together unless unticked (R-32)."""

    when = "exited_at"

    def __init__(self, desk: Desk, period: Period) -> None:
        super().__init__(desk, period, words.text("Exit"), "leave")
        self._summary = ""
        self.person = ChoiceField(words.text("Person"), required=True)
        self.at = MomentFields(desk, period, words.text("Exit on"))
        off = (VOID, REDIRECTED, *settings.left_out(desk, "exit_reason"))
        self.why = ChoiceField(words.text("Reason"), choices.of("exit_reason", off), required=True)
        self.destination = ChoiceField(words.text("Destination"), choices.of("exit_destination"))
        self.together = QCheckBox("")
        self.family = Field(words.text("Leave together"), self.together)
        self.together.setChecked(True)
        self.fields = {
            "person_code": self.person,
            "exited_at": self.at.day,
            "exit_reason": self.why,
            "exit_destination": self.destination,
        }
        self.add_fields((self.person, 270), (self.at.day, 132), (self.at.hour, 76), (self.why, 250))
        self.add_fields((self.destination, 200), (self.family, 0))
        self.person.chosen.connect(self._show_family)
        self.at.day.changed.connect(self.at.look)
        self.at.hour.changed.connect(self.at.look)
        self._show_family()

    def set_present(self, present: Sequence[Listed]) -> None:
        super().set_present(present)
        self.person.set_choices(choices.persons(present, self.desk.today()))
        self._show_family()

    def take(self, stay: StayId, day: date) -> None:
        """Fill in who and when."""
        self.person.choose(str(stay))
        self.at.day.set_day(day)
        self._show_family()

    def retyped(self) -> None:
        self._show_family()

    def first(self) -> ChoiceField:
        return self.why if self.person.value() else self.person

    def _family(self) -> list[Listed]:
        one = self.present.get(self.person.value() or "")
        if one is None or one.stay is None:
            return []
        head = one.stay.head or one.stay.id
        return [
            other
            for other in self.present.values()
            if other is not one and other.stay is not None and (other.stay.head or other.stay.id) == head
        ]

    @Slot()
    def _show_family(self) -> None:
        family = self._family()
        self.family.setVisible(bool(family))
        self.together.setText(", ".join(one.person.code for one in family))

    def set_period(self, period: Period) -> None:
        super().set_period(period)
        self.at.period = period
        self.at.look()

    def act(self, desk: Desk) -> Told:
        one = self.present.get(self.person.value() or "")
        if one is None or one.stay is None:
            raise Missing("person_code")
        at = self.at.moment("exited_at")
        leaving = [one, *(self._family() if self.together.isChecked() else [])]
        ids = [other.stay.id for other in leaving if other.stay is not None]
        why, destination = self.why.value() or "", self.destination.value() or ""
        done = stays.leave_together(desk, ids, at, why, destination)
        codes = ", ".join(other.person.code for other in leaving)
        told = words.text("{code}, {at} · {why}")
        self._summary = told.format(code=codes, at=at_text(at), why=words.label("exit_reason", why))
        if taken := self._taken_along({other.person.code for other in leaving}):
            return bed_told.left(Told("attention", taken, done))
        if len(leaving) == 1:
            return bed_told.left(Told("ok", words.text("Exit of {code} recorded.").format(code=codes), done))
        return bed_told.left(Told("ok", words.count("{n} exit recorded.", "{n} exits recorded.", len(leaving)), done))

    def _taken_along(self, codes: set[str]) -> str:
        """What they still have of the house, "" for nothing: this line asks nothing of it, the record does."""
        found = loans_at_exit.unsaid(self.desk) if self.desk.may(Permission.STOCK_SEE) else ()
        text = words.text("{code} ({things})")
        out = [text.format(code=one.code, things=", ".join(one.things)) for one in found if one.code in codes]
        told = words.text("Exit recorded. Still lent to {who}: say what becomes of it on the record.")
        return told.format(who="; ".join(out)) if out else ""

    def summary(self) -> str:
        return self._summary
