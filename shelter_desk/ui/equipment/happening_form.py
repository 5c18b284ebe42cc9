"""What happened to one asset or to several: a move, a breakdown, a loss, a write-off."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.assets import WRITE_OFF, Asset
from shelter_desk.domain.equipment.happening import APPROVED, ASSIGN, CONDITION, MOVE, TRANSFER_OUT, Happening
from shelter_desk.domain.equipment.refusals import AgreementNeeded, AssetGone, SaidAlready
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label

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
        elif isinstance(error, SaidAlready | AssetGone):
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
