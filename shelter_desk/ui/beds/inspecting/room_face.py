"""What the panel shows of a room: for whom it is, its last inspection and what was found, the ones before."""

from shelter_desk import words
from shelter_desk.domain.equipment.inspections import Inspection
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds.bed_board import RoomLook
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import inspections
from shelter_desk.operations.equipment.inspections import RoomInspections
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.beds import inspections as inspection_words

BEFORE = 6  # earlier inspections that are listed


class RoomFace(Face):
    """One room; what is said of its inspections is for who reads the equipment."""

    def __init__(self, desk: Desk, look: RoomLook, acts: bool) -> None:
        super().__init__(phrases.room_title(look.room), phrases.for_whom(look.room))
        known = inspections.of_room(desk, look.room.id)
        last, *before = known.inspections or (None,)
        self.body.addWidget(_none_yet() if last is None else _card(last, known))
        if acts and desk.may(Permission.ASSETS_EDIT):
            self.add_act("inspect", words.text("Inspect the room…"), "check")
        if before:
            self.body.addWidget(Label(words.text("Earlier inspections"), bold=True))
            told = [inspection_words.short(one) for one in before[:BEFORE] if one is not None]
            fill(self.body, *(Label(one, size="small", ink="ink2", wrap=True) for one in told))


def _none_yet() -> Label:
    return Label(words.text("Nobody has recorded an inspection of this room yet."), ink="ink2", wrap=True)


def _card(last: Inspection, known: RoomInspections) -> Card:
    card = Card()
    state, icon = ("attention", "triangle") if last.defects else ("ok", "check")
    facts = [
        (words.text("Inspected on"), formats.day(last.on)),
        (words.text("Who looked"), last.by),
        (words.text("No."), last.number),
    ]
    fill(
        card.body,
        Label(words.text("Last inspection"), bold=True),
        in_row(Badge(inspection_words.found(last), state, icon), STRETCH),  # type: ignore[arg-type]
        FactList(facts),
    )
    if last.defects:
        tickets = known.tickets
        defects = [
            inspection_words.defect(one, tickets.get(one.ticket) if one.ticket is not None else None)
            for one in last.defects
        ]
        fill(card.body, RuleLine(), FactList(defects))
    return card
