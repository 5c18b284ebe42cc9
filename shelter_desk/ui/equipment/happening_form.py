"""What happened to one asset or to several: a move, a breakdown, a loss, a write-off.

A maintenance ticket opened and closed.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.assets import WRITE_OFF, Asset
from shelter_desk.domain.equipment.happening import APPROVED, ASSIGN, CONDITION, MOVE, TRANSFER_OUT, Happening
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.equipment.refusals import AgreementNeeded, AlreadySaidOfAsset, AssetGone
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment, maintenance
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, NumberField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label


class FaultForm(ActForm):
    """What is wrong with a thing, or what visit it needs."""

    when = "reported_on"

    def __init__(self, desk: Desk, asset: Asset) -> None:
        super().__init__(desk, words.text("Maintenance ticket"), words.text("Open the ticket"), "wrench")
        self._asset = asset
        today = desk.today()
        self.day = DayField(words.text("Reported on"), today, required=True, value=today)
        self.kind = ChoiceField(words.text("Kind"), choices.of("maintenance_type"), "corrective", required=True)
        self.urgency = ChoiceField(words.text("Urgency"), choices.of("maintenance_urgency"), "normale")
        self.problem = TextField(words.text("What is wrong, or what is to be done"), True)
        self.out = QCheckBox(words.text("It cannot be used until it is mended"))
        self.body.addWidget(Label(f"{asset.tag_no} · {asset.designation}", ink="ink2"))
        choices.lay(self, (self.day, 160), (self.kind, 240), (self.urgency, 160))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.out)
        self.fields = {
            "reported_on": self.day,
            "maintenance_type": self.kind,
            "maintenance_urgency": self.urgency,
            "problem": self.problem,
        }
        self.first = self.problem

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("reported_on")
        ticket = Ticket(
            maintenance.NEW,
            "",
            self._asset.id,
            day,
            self.kind.value() or "",
            self.problem.text(),
            self.urgency.value() or "",
        )
        done = maintenance.report_fault(self.desk, ticket, out_of_use=self.out.isChecked())
        text = words.text("Ticket {number} opened for {tag}.")
        return Told("ok", text.format(number=done.subject, tag=self._asset.tag_no), done)


class MendedForm(ActForm):
    """What was done, by whom, for how much, and whether it works again."""

    when = "closed_on"

    def __init__(self, desk: Desk, ticket: Ticket, asset: Asset) -> None:
        title = words.text("Close ticket {number}").format(number=ticket.ticket_no)
        super().__init__(desk, title, words.text("Close it"), "check")
        self._ticket = ticket
        today = desk.today()
        self.day = DayField(words.text("Closed on"), today, required=True, value=today)
        self.done = TextField(words.text("What was done"), True)
        self.parts = LineField(words.text("Parts used"))
        self.provider = LineField(words.text("By whom"))
        self.cost = NumberField(words.text("Cost"), 0, 999_999_999, unit="XOF")
        self.donor = ChoiceField(words.text("Paid by"), choices.of("donor"))
        self.meter = NumberField(words.text("Meter"), 0, 9_999_999)
        self.works = QCheckBox(words.text("Tested, it works"))
        self.works.setChecked(True)
        told = words.text("{tag} · {thing}: {problem}")
        about = told.format(tag=asset.tag_no, thing=asset.designation, problem=ticket.problem)
        self.body.addWidget(Label(about, ink="ink2", wrap=True))
        choices.lay(self, (self.day, 160), (self.provider, 260), (self.cost, 160), (self.donor, 240))
        self.body.addWidget(self.done)
        choices.lay(self, (self.parts, 380), (self.meter, 120))
        self.body.addWidget(self.works)
        self.fields = {"closed_on": self.day, "action_done": self.done}
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
            donor=self.donor.value() or "",
            meter_reading=None if meter is None else float(meter),
        )
        done = maintenance.close_ticket(self.desk, ticket, works=self.works.isChecked())
        return Told("ok", words.text("Ticket {number} closed.").format(number=ticket.ticket_no), done)


_MOVES = frozenset({MOVE, ASSIGN, "retour_service"})
_MINUTES = frozenset({*APPROVED, "perte", "vol"})
_DANGER = frozenset({"perte", "vol", WRITE_OFF, TRANSFER_OUT})


class HappeningForm(ActForm):
    """One kind of event for all the assets chosen; pieces are asked of a single batch."""

    when = "event_on"

    def __init__(self, desk: Desk, assets: Sequence[Asset], kind: str) -> None:
        super().__init__(desk, words.label("asset_event", kind), verb_of(kind), "check", kind in _DANGER)
        self._assets, self._kind = list(assets), kind
        today = desk.today()
        one = self._assets[0]
        several = words.count("{n} asset", "{n} assets", len(self._assets))
        about = f"{one.tag_no} · {one.designation}" if len(self._assets) == 1 else several
        self.about = Label(about, ink="ink2")
        self.day = DayField(words.text("Day"), today, required=True, value=today)
        self.room = ChoiceField(words.text("To room"), choices.rooms(desk), required=kind == MOVE)
        self.condition = ChoiceField(
            words.text("Condition found"), choices.of("asset_condition"), required=kind == CONDITION
        )
        self.pieces = NumberField(words.text("How many of the batch"), 1, required=True)
        self.pieces.set_number(one.quantity)
        self.party = LineField(words.text("To whom"), required=kind == TRANSFER_OUT)
        self.pv = LineField(words.text("Minutes no."), required=kind in APPROVED)
        self.agreement = LineField(words.text("Agreement of the donor"), required=True)
        self.reason = LineField(words.text("Reason"), required=kind in _DANGER)
        self._lay_out()
        self.fields = {
            "event_on": self.day,
            "to_room": self.room,
            "asset_condition": self.condition,
            "quantity": self.pieces,
            "third_party": self.party,
            "pv_no": self.pv,
            "donor_approval": self.agreement,
            "reason": self.reason,
        }
        self.first = self.room if kind == MOVE else self.condition if kind == CONDITION else self.day

    def _lay_out(self) -> None:
        kind = self._kind
        self.body.addWidget(self.about)
        first = [(self.day, 160)]
        if len(self._assets) == 1 and self._assets[0].is_batch:
            first.append((self.pieces, 200))  # type: ignore[arg-type]
        if kind in _MOVES:
            first.append((self.room, 240))  # type: ignore[arg-type]
        first.append((self.condition, 190))  # type: ignore[arg-type]
        choices.lay(self, *first)
        if kind == TRANSFER_OUT:
            choices.lay(self, (self.party, 300))
        if kind in _MINUTES:
            choices.lay(self, (self.pv, 180))
        if kind in APPROVED and any(one.owner == "bailleur" for one in self._assets):
            choices.lay(self, (self.agreement, 380))
        if kind != MOVE:
            choices.lay(self, (self.reason, 520))

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("event_on")
        asked_pieces = len(self._assets) == 1 and self._assets[0].is_batch
        said = Happening(
            self._kind,
            day,
            self.condition.value() or "",
            choices.room_of(self.room),
            self.pv.text(),
            self.reason.text(),
            self.agreement.text(),
            self.party.text(),
            pieces=self.pieces.asked("quantity") if asked_pieces else None,
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

    def refuse(self, error: errors.RuleBroken) -> None:
        """The agreement of the donor beside its field, a day that is taken beside the day."""
        field = None
        if isinstance(error, AgreementNeeded):
            field = self.agreement
        elif isinstance(error, AlreadySaidOfAsset | AssetGone):
            field = self.day  # type: ignore[assignment]
        if field is None:
            super().refuse(error)
            return
        field.set_error(self.sentence(error))
        field.setFocus()


def verb_of(kind: str) -> str:
    """What the button of that event says."""
    return {
        MOVE: words.text("Move it"),
        WRITE_OFF: words.text("Write off"),
        TRANSFER_OUT: words.text("Transfer"),
    }.get(kind, words.text("Write it"))
