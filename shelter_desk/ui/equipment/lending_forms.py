"""Things lent, to a resident by code or to somebody else, and things that come back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.assets import IN_STORE, IN_USE, Asset
from shelter_desk.domain.equipment.refusals import AssetGone, NotToLend
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import lending
from shelter_desk.operations.stock import stock
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments

RESIDENT, OTHER = "resident", "other"


def about(assets: Sequence[Asset]) -> str:
    """Which things a form is about."""
    if len(assets) == 1:
        return f"{assets[0].tag_no} · {assets[0].designation}"
    return words.count("{n} asset", "{n} assets", len(assets))


class _OfLoan(ActForm):
    """What both ask: the day, the condition, a word."""

    when = "event_on"

    def __init__(self, desk: Desk, assets: Sequence[Asset], title: str, verb: str) -> None:
        super().__init__(desk, title, verb, "swap")
        self._assets = list(assets)
        today = desk.today()
        self.day = DayField(words.text("Day"), today, required=True, value=today)
        self.condition = ChoiceField(words.text("Condition found"), choices.of("asset_condition"))
        self.note = LineField(words.text("Note, without a name"), open_words=True)
        self.body.addWidget(Label(about(self._assets), ink="ink2"))

    def refuse(self, error: errors.RuleBroken) -> None:
        """What cannot be on that day is said beside the day."""
        if isinstance(error, NotToLend | AssetGone):
            self.day.set_error(self.sentence(error))
            self.day.setFocus()
            return
        super().refuse(error)

    def asked_day(self) -> date:
        """The day typed. Raises Missing."""
        day = self.day.day()
        if day is None:
            raise Missing("event_on")
        return day


class LendForm(_OfLoan):
    """To whom: a resident by code, or somebody else in words; pieces are asked of a single batch."""

    def __init__(self, desk: Desk, assets: Sequence[Asset]) -> None:
        super().__init__(desk, assets, words.text("Lend"), words.text("Lend it"))
        text = words.text("{code}, stay {stay}")
        people = [
            (str(one.stay), text.format(code=one.code, stay=one.stay_no)) for one in stock.recipients(desk, most=500)
        ]
        self.to = Segments(
            [(RESIDENT, words.text("A resident")), (OTHER, words.text("Somebody else"))],
            RESIDENT,
            words.text("Lent to"),
        )
        self.whom = ChoiceField(words.text("Resident (code)"), people, required=True)
        self.other = LineField(
            words.text("Service, partner or activity"), required=True, placeholder=words.text("never a resident’s name")
        )
        one = self._assets[0]
        self._is_batch = len(self._assets) == 1 and one.is_batch
        self.pieces = NumberField(words.text("How many of the batch"), 1, required=True)
        self.pieces.set_number(1)
        self.body.addWidget(self.to)
        choices.lay(self, (self.whom, 300), (self.other, 300), (self.day, 160))
        choices.lay(self, *([(self.pieces, 200)] if self._is_batch else []), (self.condition, 190), (self.note, 380))
        self.fields = {
            "resident": self.whom,
            "third_party": self.other,
            "event_on": self.day,
            "quantity": self.pieces,
            "asset_condition": self.condition,
        }
        self.drafted = {
            "to": self.to,
            "whom": self.whom,
            "other": self.other,
            "day": self.day,
            "condition": self.condition,
            "note": self.note,
            "pieces": self.pieces,
        }
        self.first = self.whom
        self.to.chosen.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        to_resident = self.to.value() == RESIDENT
        self.whom.setVisible(to_resident)
        self.other.setVisible(not to_resident)

    def refilled(self) -> None:
        self._show()

    def act(self) -> Told:
        chosen = self.whom.value() if self.to.value() == RESIDENT else None
        if self.to.value() == RESIDENT and not chosen:
            raise Missing("resident")
        stay = StayId(int(chosen)) if chosen else None
        done = lending.lend(
            self.desk,
            [one.id for one in self._assets],
            self.asked_day(),
            stay,
            self.other.text(),
            condition=self.condition.value() or "",
            note=self.note.text(),
            pieces=self.pieces.asked("quantity") if self._is_batch else None,
        )
        text = words.text("{tag} is lent.") if len(self._assets) == 1 else words.text("{tag} and others are lent.")
        return Told("ok", text.format(tag=self._assets[0].tag_no), done)


class LoanBackForm(_OfLoan):
    """What was lent comes back, into the store or into use."""

    def __init__(self, desk: Desk, assets: Sequence[Asset]) -> None:
        super().__init__(desk, assets, words.text("Loan brought back"), words.text("Brought back"))
        into = [(IN_STORE, words.text("In store")), (IN_USE, words.text("In use"))]
        self.into = Segments(into, IN_STORE, words.text("Where it goes"))
        self.room = ChoiceField(words.text("To room"), choices.rooms(desk))
        self.body.addWidget(self.into)
        choices.lay(self, (self.day, 160), (self.condition, 190), (self.room, 240))
        choices.lay(self, (self.note, 380))
        self.fields = {"event_on": self.day, "asset_condition": self.condition, "to_room": self.room}
        self.drafted = {
            "into": self.into,
            "day": self.day,
            "condition": self.condition,
            "room": self.room,
            "note": self.note,
        }
        self.first = self.condition

    def act(self) -> Told:
        said = lending.back(
            self.asked_day(),
            self.condition.value() or "",
            self.note.text(),
            status=self.into.value() or IN_STORE,
            room=choices.room_of(self.room),
        )
        done = lending.take_back(self.desk, [one.id for one in self._assets], said)
        text = words.text("{tag} came back.") if len(self._assets) == 1 else words.text("{tag} and others came back.")
        return Told("ok", text.format(tag=done.subject), done)
