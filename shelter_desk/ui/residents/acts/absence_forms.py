"""Away for some nights, and back: the stay goes on and the bed is kept."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import absences
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label


class AbsenceForm(ActForm):
    """Why, the first night away, and the first night back where it is known."""

    when = "from"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Absence of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the absence"), "absence")
        self._code, self._stay = record.person.code, stay.stay
        today = desk.today()
        self.why = ChoiceField(words.text("Reason"), choices.of("absence_type"), required=True)
        self.night = DayField(words.text("First night away"), today, required=True, value=today)
        self.back = DayField(words.text("First night back"), today)
        self.fields = {"absence_type": self.why, "from": self.night, "to": self.back}
        self.drafted = {"why": self.why, "night": self.night, "back": self.back}
        self.told_nights = Label(size="small", ink="ink2")
        row = Flow()
        for field, width in ((self.why, 240), (self.night, 160), (self.back, 160)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)
        self.body.addWidget(self.told_nights)
        self.night.changed.connect(self._tell)
        self.back.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        first, back = self.night.day(), self.back.day()
        if first is None or back is None or back <= first:
            self.told_nights.setText(words.text("The bed is kept. Write the return when it is known."))
            return
        n = (back - first).days
        self.told_nights.setText(
            words.count("{n} night away, the bed is kept.", "{n} nights away, the bed is kept.", n)
        )

    def act(self) -> Told:
        first = self.night.day()
        if first is None:
            raise Missing("from")
        if self.back.is_wrong():
            raise Missing("to")
        done = absences.be_away(self.desk, self._stay.id, self.why.value() or "", first, self.back.day())
        return Told("ok", words.text("Absence of {code} recorded.").format(code=self._code), done)


class ReturnForm(ActForm):
    """The first night slept here again."""

    when = "to"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Return of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the return"), "arrive")
        self._code, self._stay = record.person.code, stay.stay
        today = desk.today()
        self.back = DayField(words.text("First night back"), today, required=True, value=today)
        self.back.setFixedWidth(tokens.wide(160))
        self.fields = {"to": self.back}
        self.drafted = {"back": self.back}
        self.body.addWidget(self.back)

    def act(self) -> Told:
        back = self.back.day()
        if back is None:
            raise Missing("to")
        done = absences.come_back(self.desk, self._stay.id, back)
        return Told("ok", words.text("Return of {code} recorded.").format(code=self._code), done)
