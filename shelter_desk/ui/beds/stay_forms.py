"""Away and back: the forms of somebody's nights, in the panel."""

from PySide6.QtCore import Qt

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.beds.panel_views import ActFace
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label


def _about(one: Present, place: str) -> str:
    return words.text("{code}, {place}").format(code=one.person.code, place=place[:1].lower() + place[1:])


class AwayForm(ActFace):
    """Why, the first night away, and the first night back where it is known; the bed is kept."""

    when = "from"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Away"), _about(one, place), words.text("Record"), "absence")
        self._one = one
        today = desk.today()
        self.why = ChoiceField(words.text("Reason"), phrases.of_list("absence_type"), required=True)
        self.first = DayField(words.text("First night away"), today, required=True, value=today)
        self.back = DayField(words.text("First night back"), today)
        self.fields = {"absence_type": self.why, "from": self.first, "to": self.back}
        note = Label(
            words.text("The bed is kept. Write the return when it is known."), size="small", ink="ink2", wrap=True
        )
        self.add(self.why, self.first, self.back, note)

    def set_first(self) -> None:
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        first, back = self.first.day(), self.back.day()
        if first is None:
            raise Missing("from")
        done = absences.be_away(self.desk, self._one.stay.id, self.why.value() or "", first, back)
        return Told("ok", words.text("Absence of {code} recorded.").format(code=self._one.person.code), done)


class BackForm(ActFace):
    """The first night slept here again."""

    when = "to"

    def __init__(self, desk: Desk, one: Present, place: str) -> None:
        super().__init__(desk, words.text("Back"), _about(one, place), words.text("Record"), "arrive")
        self._one = one
        today = desk.today()
        self.back = DayField(words.text("First night back"), today, required=True, value=today)
        self.fields = {"to": self.back}
        self.add(self.back)

    def set_first(self) -> None:
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        back = self.back.day()
        if back is None:
            raise Missing("to")
        done = absences.come_back(self.desk, self._one.stay.id, back)
        return Told("ok", words.text("Return of {code} recorded.").format(code=self._one.person.code), done)
