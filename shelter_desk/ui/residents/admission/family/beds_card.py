"""Where a family sleeps: rooms for all of it as proposals, best first, or later."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds.family_beds import FamilyPlace, FamilyRoom
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.option_card import OptionCard, ProposalCard
from shelter_desk.words.beds import room_rules

MOST_SHOWN = 4
LATER = "later"


class FamilyBedsCard(Card, FieldGroup):
    """One room is chosen until a person chooses another; a reason is asked where a rule is set aside."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(words.text("Beds for the family, this night"), words.text("together first"))
        self._may = desk.may(Permission.OVERRIDE_RULE)
        self._found: dict[str, FamilyRoom] = {}
        self._by_hand = ""
        self._around = QWidget()
        self._cards = in_column(within=self._around, spacing=tokens.SPACE)
        self.against = Label(size="small", ink="attention", wrap=True)
        reason = words.text("Reason for setting the rule aside")
        self.reason = LineField(reason, required=True, open_words=True, key="reason")
        watch(desk, self.reason)
        self.reason.changed.connect(self.reason.clear)
        for part in (self._around, self.against, self.reason):
            self.body.addWidget(part)
        self._asks = False

    def begin(self) -> None:
        """Nothing is chosen by hand."""
        self._by_hand = ""
        self.reason.set_text("")

    def show_rooms(self, found: Sequence[FamilyRoom], asks_besides: bool) -> None:
        """Show the best rooms. asks_besides: whether a bed chosen for one alone needs a reason."""
        kept = list(found[:MOST_SHOWN])
        kept += [one for one in found[MOST_SHOWN:] if str(one.room.id) == self._by_hand]
        self._found = {str(one.room.id): one for one in kept}
        self._asks = asks_besides
        empty(self._cards)
        for one in kept:
            self._add(_proposal(one), self._may or one.fits)
        told = words.text("Nobody has a place until then.")
        self._add(ProposalCard(LATER, words.text("Later"), "", told), True)
        self._show_chosen()

    def _add(self, proposal: ProposalCard, is_possible: bool) -> None:
        card = OptionCard(proposal, self._around)
        card.setEnabled(is_possible)
        card.clicked.connect(self._clicked)
        self._cards.addWidget(card)

    def options(self) -> list[OptionCard]:
        """The proposals shown, in order."""
        items = (self._cards.itemAt(place) for place in range(self._cards.count()))
        widgets = (None if item is None else item.widget() for item in items)
        return [widget for widget in widgets if isinstance(widget, OptionCard)]

    def chosen(self) -> FamilyRoom | None:
        """The room chosen, None for later."""
        card = next((one for one in self.options() if one.isChecked()), None)
        return None if card is None else self._found.get(card.proposal.code)

    def spots(self, n: int) -> list[Spot | None]:
        """Where each of them sleeps, in the order asked; of nobody where it is to be said later."""
        room, reason = self.chosen(), self.reason.text()
        if room is None or len(room.places) != n:
            return [None] * n
        return [_spot(room, place, reason) for place in room.places]

    @property
    def asks_reason(self) -> bool:
        """Whether a reason has to be written."""
        room = self.chosen()
        return self._asks or (room is not None and not room.fits)

    @Slot()
    def _clicked(self) -> None:
        card = next((one for one in self.options() if one.isChecked()), None)
        self._by_hand = "" if card is None else card.proposal.code
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        cards = self.options()
        wanted = next((one for one in cards if one.proposal.code == self._by_hand and one.isEnabled()), None)
        if wanted is None:
            fits = (one for one in cards if one.proposal.code == LATER or self._found[one.proposal.code].fits)
            wanted = next(fits, cards[-1])
        wanted.setChecked(True)
        room = self.chosen()
        told = [] if room is None else [room_rules.warning(finding.rule) for finding in room.against]
        self.against.setText("\n".join(told))
        self.against.setVisible(bool(told))
        self.reason.setVisible(self.asks_reason)

    def draft_value(self) -> list[str]:
        """What a draft keeps: the room chosen by hand, and the reason."""
        return [self._by_hand, self.reason.line.text()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept, once rooms are proposed."""
        self._by_hand, reason = list(value)
        self.reason.set_text(reason)
        self._show_chosen()


def _spot(room: FamilyRoom, place: FamilyPlace, reason: str) -> Spot:
    bed = None if place.bed is None else place.bed.id
    return Spot(place.place, bed, room.room.id if place.place == "appoint" else None, reason)


def _proposal(one: FamilyRoom) -> ProposalCard:
    told = words.text("Together") if one.fits else words.text("With a reason")
    where = ", ".join(map(_place, one.places))
    code, name = str(one.room.id), words.text("Room {room}").format(room=one.room.code)
    return ProposalCard(code, name, one.room.name, where, told, "ok" if one.fits else "attention")


def _place(one: FamilyPlace) -> str:
    if one.bed is None:
        return words.text("mat")
    told = words.text("shares {bed}") if one.place == "partage" else words.text("bed {bed}")
    return told.format(bed=one.bed.code)
