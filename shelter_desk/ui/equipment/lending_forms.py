"""Things lent, to a resident by code or to somebody else, and things that come back."""

from collections.abc import Sequence

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
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
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

    def __init__(self, desk: Desk, assets: Sequence[Asset], title: str, verb: str) -> None:
        super().__init__(desk, title, verb, "swap")
        self._assets = list(assets)
        today = desk.today()
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="event_on")
        self.condition = CodeField(words.text("Condition found"), "asset_condition")
        self.note = LineField(words.text("Note, without a name"), open_words=True)
        self.body.addWidget(Label(about(self._assets), ink="ink2"))

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """What cannot be on that day is said beside the day."""
        return self.day if isinstance(error, NotToLend | AssetGone) else super().field_of(error)


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
        self.whom = ChoiceField(words.text("Resident (code)"), people, required=True, key="resident")
        self.other = LineField(
            words.text("Service, partner or activity"),
            required=True,
            placeholder=words.text("never a resident’s name"),
            key="third_party",
        )
        one = self._assets[0]
        self._is_batch = len(self._assets) == 1 and one.is_batch
        self.pieces = NumberField(words.text("How many of the batch"), 1, required=True, key="quantity")
        self.pieces.set_number(1)
        self.add(self.to)
        self.row((self.whom, 300), (self.other, 300), (self.day, 160))
        self.row(*([(self.pieces, 200)] if self._is_batch else []), (self.condition, 190), (self.note, 380))
        self.first = self.whom
        self.to.chosen.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        to_resident = self.to.value() == RESIDENT
        self.whom.setVisible(to_resident)
        self.other.setVisible(not to_resident)

    def act(self) -> Told:
        chosen = self.whom.value() if self.to.value() == RESIDENT else None
        if self.to.value() == RESIDENT and not chosen:
            raise Missing("resident")
        stay = StayId(int(chosen)) if chosen else None
        done = lending.lend(
            self.desk,
            [one.id for one in self._assets],
            self.day.asked(),
            stay,
            self.other.text(),
            condition=self.condition.code(),
            note=self.note.text(),
            pieces=self.pieces.asked() if self._is_batch else None,
        )
        text = words.text("{tag} is lent.") if len(self._assets) == 1 else words.text("{tag} and others are lent.")
        return Told("ok", text.format(tag=self._assets[0].tag_no), done)


class LoanBackForm(_OfLoan):
    """What was lent comes back, into the store or into use."""

    def __init__(self, desk: Desk, assets: Sequence[Asset]) -> None:
        super().__init__(desk, assets, words.text("Loan brought back"), words.text("Brought back"))
        into = [(IN_STORE, words.text("In store")), (IN_USE, words.text("In use"))]
        self.into = Segments(into, IN_STORE, words.text("Where it goes"))
        self.room = ChoiceField(words.text("To room"), choices.rooms(desk), key="to_room")
        self.add(self.into)
        self.row((self.day, 160), (self.condition, 190), (self.room, 240))
        self.row((self.note, 380))
        self.first = self.condition

    def act(self) -> Told:
        said = lending.back(
            self.day.asked(),
            self.condition.code(),
            self.note.text(),
            status=self.into.value() or IN_STORE,
            room=choices.room_of(self.room),
        )
        done = lending.take_back(self.desk, [one.id for one in self._assets], said)
        text = words.text("{tag} came back.") if len(self._assets) == 1 else words.text("{tag} and others came back.")
        return Told("ok", text.format(tag=done.subject), done)
