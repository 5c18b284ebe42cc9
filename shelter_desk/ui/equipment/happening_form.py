"""What happened to one asset or to several: a move, a breakdown, a loss, a write-off; a ticket opened and closed.

Things lent, to a resident by code or to somebody else, and things that come back.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.assets import IN_STORE, IN_USE, WRITE_OFF, Asset
from shelter_desk.domain.equipment.happening import APPROVED, ASSIGN, CONDITION, MOVE, TRANSFER_OUT, Happening
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.equipment.refusals import AgreementNeeded, AlreadySaidOfAsset, AssetGone, NotToLend
from shelter_desk.domain.ids import RoomId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, lending, maintenance
from shelter_desk.operations.stock import stock
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments

RESIDENT, OTHER = "resident", "other"


class _OfLoan(ActForm):
    """What both ask: the day, the condition, a word."""

    def __init__(self, desk: Desk, assets: Sequence[Asset], title: str, verb: str) -> None:
        super().__init__(desk, title, verb, "swap")
        self._assets = list(assets)
        today = desk.today()
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="event_on")
        self.condition = CodeField(words.text("Condition found"), "asset_condition")
        self.note = LineField(words.text("Note, without a name"), open_words=True)
        self.body.addWidget(Label(choices.about(self._assets), ink="ink2"))

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
        stay = self.whom.chosen_id(StayId) if self.to.value() == RESIDENT else None
        if self.to.value() == RESIDENT and stay is None:
            raise errors.Missing("resident")
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
            room=self.room.chosen_id(RoomId),
        )
        done = lending.take_back(self.desk, [one.id for one in self._assets], said)
        text = words.text("{tag} came back.") if len(self._assets) == 1 else words.text("{tag} and others came back.")
        return Told("ok", text.format(tag=done.subject), done)


class FaultForm(ActForm):
    """What is wrong with a thing, or what visit it needs."""

    def __init__(self, desk: Desk, asset: Asset) -> None:
        super().__init__(desk, words.text("Maintenance ticket"), words.text("Open the ticket"), "wrench")
        self._asset = asset
        today = desk.today()
        self.day = DayField(words.text("Reported on"), today, required=True, value=today, key="reported_on")
        self.kind = CodeField(words.text("Kind"), "maintenance_type", "corrective", required=True)
        self.urgency = CodeField(words.text("Urgency"), "maintenance_urgency", "normale")
        self.problem = TextField(words.text("What is wrong, or what is to be done"), True, key="problem")
        self.out = QCheckBox(words.text("It cannot be used until it is mended"))
        self.body.addWidget(Label(choices.about([asset]), ink="ink2"))
        self.row((self.day, 160), (self.kind, 240), (self.urgency, 160))
        self.add(self.problem, self.out)
        self.blocks: QCheckBox | None = None
        bed = None if asset.bed is None else equipment.places(desk).beds.get(asset.bed)
        if bed is not None and desk.may(Permission.ROOMS_EDIT):
            self.blocks = QCheckBox(words.text("Bed {bed} is out of use until then").format(bed=bed))
            self.out.toggled.connect(self.blocks.setChecked)
            self.add(self.blocks)
        self.first = self.problem

    def act(self) -> Told:
        day = self.day.asked()
        kind, problem, urgency = self.kind.code(), self.problem.text(), self.urgency.code()
        ticket = Ticket(maintenance.NEW, "", self._asset.id, day, kind, problem, urgency)
        blocks = self._asset.bed if self.blocks is not None and self.blocks.isChecked() else None
        done = maintenance.report_fault(self.desk, ticket, out_of_use=self.out.isChecked(), blocks=blocks)
        text = words.text("Ticket {number} opened for {tag}.")
        return Told("ok", text.format(number=done.subject, tag=self._asset.tag_no), done)


class MendedForm(ActForm):
    """What was done, by whom, for how much, and whether it works again."""

    def __init__(self, desk: Desk, ticket: Ticket, asset: Asset) -> None:
        title = words.text("Close ticket {number}").format(number=ticket.ticket_no)
        super().__init__(desk, title, words.text("Close it"), "check")
        self._ticket = ticket
        today = desk.today()
        self.day = DayField(words.text("Closed on"), today, required=True, value=today, key="closed_on")
        self.done = TextField(words.text("What was done"), True, key="action_done")
        self.parts = LineField(words.text("Parts used"))
        self.provider = LineField(words.text("By whom"))
        self.cost = NumberField(words.text("Cost"), 0, 999_999_999, unit="XOF")
        self.donor = CodeField(words.text("Paid by"), "donor")
        self.meter = NumberField(words.text("Meter"), 0, 9_999_999)
        self.works = QCheckBox(words.text("Tested, it works"))
        self.works.setChecked(True)
        told = words.text("{tag} · {thing}: {problem}")
        about = told.format(tag=asset.tag_no, thing=asset.designation, problem=ticket.problem)
        self.body.addWidget(Label(about, ink="ink2", wrap=True))
        self.row((self.day, 160), (self.provider, 260), (self.cost, 160), (self.donor, 240))
        self.add(self.done)
        self.row((self.parts, 380), (self.meter, 120))
        self.add(self.works)
        self.frees: QCheckBox | None = None
        bed = maintenance.bed_waiting(desk, ticket.id)
        if bed and desk.may(Permission.ROOMS_EDIT):
            self.frees = QCheckBox(words.text("Bed {bed} back into use").format(bed=bed))
            self.frees.setChecked(True)
            self.works.toggled.connect(self.frees.setChecked)
            self.add(self.frees)
        elif bed:
            told = words.text("Bed {bed} stays out of use until a manager puts it back.")
            self.add(Label(told.format(bed=bed), size="small", ink="ink2", wrap=True))
        self.first = self.done

    def act(self) -> Told:
        meter = self.meter.number()
        ticket = replace(
            self._ticket,
            closed_on=self.day.day(),
            action_done=self.done.text(),
            parts_used=self.parts.text(),
            provider=self.provider.text(),
            cost=self.cost.number(),
            donor=self.donor.code(),
            meter_reading=None if meter is None else float(meter),
        )
        frees = self.frees is not None and self.frees.isChecked()
        done = maintenance.close_ticket(self.desk, ticket, works=self.works.isChecked(), frees=frees)
        return Told("ok", words.text("Ticket {number} closed.").format(number=ticket.ticket_no), done)


_MOVES = frozenset({MOVE, ASSIGN, "retour_service"})
_MINUTES = frozenset({*APPROVED, "perte", "vol"})
_DANGER = frozenset({"perte", "vol", WRITE_OFF, TRANSFER_OUT})


class HappeningForm(ActForm):
    """One kind of event for all the assets chosen; pieces are asked of a single batch."""

    def __init__(self, desk: Desk, assets: Sequence[Asset], kind: str) -> None:
        super().__init__(desk, words.label("asset_event", kind), verb_of(kind), "check", kind in _DANGER)
        self._assets, self._kind = list(assets), kind
        today = desk.today()
        one = self._assets[0]
        self._is_batch = len(self._assets) == 1 and one.is_batch
        self.about = Label(choices.about(self._assets), ink="ink2")
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="event_on")
        self.room = ChoiceField(words.text("To room"), choices.rooms(desk), required=kind == MOVE, key="to_room")
        self.condition = CodeField(words.text("Condition found"), "asset_condition", required=kind == CONDITION)
        self.pieces = NumberField(words.text("How many of the batch"), 1, required=True, key="quantity")
        self.pieces.set_number(one.quantity)
        self.party = LineField(words.text("To whom"), required=kind == TRANSFER_OUT, key="third_party")
        self.pv = LineField(words.text("Minutes no."), required=kind in APPROVED, key="pv_no")
        self.agreement = LineField(words.text("Agreement of the donor"), required=True, key="donor_approval")
        self.reason = LineField(words.text("Reason"), required=kind in _DANGER, key="reason")
        self.price = NumberField(words.text("Price got"), 0, 999_999_999, unit="XOF", key="price_xof")
        self.add(self.about)
        pieces = [(self.pieces, 200)] if self._is_batch else []
        room = [(self.room, 240)] if kind in _MOVES else []
        self.row((self.day, 160), *pieces, *room, (self.condition, 190))
        if kind == TRANSFER_OUT:
            self.row((self.party, 300))
        if kind in _MINUTES:
            self.row((self.pv, 180), *([(self.price, 180)] if kind in APPROVED else []))
        if kind in APPROVED and any(asset.owner == "bailleur" for asset in self._assets):
            self.row((self.agreement, 380))
        if kind != MOVE:
            self.row((self.reason, 520))
        self.first = self.room if kind == MOVE else self.condition if kind == CONDITION else self.day

    def act(self) -> Told:
        day = self.day.asked()
        said = Happening(
            self._kind,
            day,
            self.condition.code(),
            self.room.chosen_id(RoomId),
            self.pv.text(),
            self.reason.text(),
            self.agreement.text(),
            self.party.text(),
            pieces=self.pieces.asked() if self._is_batch else None,
            price=self.price.number() if self._kind in APPROVED else None,
        )
        keys = [one.id for one in self._assets]
        act = equipment.dispose if self._kind in APPROVED else equipment.record
        done = act(self.desk, keys, said)
        if len(keys) == 1:
            text = words.text("{tag}: {event}, {day}.")
        else:
            text = words.text("{tag} and others: {event}, {day}.")
        event = words.label("asset_event", self._kind)
        return Told("ok", text.format(tag=done.subject, event=event, day=self.day.line.text()), done)

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """The agreement of the donor beside its field, a day that is taken beside the day."""
        if isinstance(error, AgreementNeeded):
            return self.agreement
        return self.day if isinstance(error, AlreadySaidOfAsset | AssetGone) else super().field_of(error)


def verb_of(kind: str) -> str:
    """What the button of that event says."""
    return {
        MOVE: words.text("Move it"),
        WRITE_OFF: words.text("Write off"),
        TRANSFER_OUT: words.text("Transfer"),
    }.get(kind, words.text("Write it"))
