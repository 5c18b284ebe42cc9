"""One asset beside the register, or several: facts, dated events, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from shelter_desk import words
from shelter_desk.domain.equipment.assets import (
    BROKEN,
    GONE,
    IN_STORE,
    LOST,
    ON_LOAN,
    OUT_OF_SERVICE,
    STOLEN,
    UNDER_REPAIR,
    WRITE_OFF,
    Asset,
    AssetEvent,
)
from shelter_desk.domain.equipment.happening import ASSIGN, CONDITION, FOUND_AGAIN, MOVE, TRANSFER_OUT
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import dossiers, equipment
from shelter_desk.operations.equipment.equipment import AssetCard
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats

FAULT, CORRECT, PHOTO = "fault", "correct", "photo"
LEND, BACK = "lend", "back"
PHOTO_HIGH = 150
_QUIET = ("perte", "vol", TRANSFER_OUT)
_ICONS = {MOVE: "move", LEND: "swap", BACK: "undo"}


def state_of(status: str) -> State:
    """The colour of a status, beside its word."""
    if status in GONE:
        return "neutral"
    if status in (BROKEN, UNDER_REPAIR):
        return "attention"
    return {OUT_OF_SERVICE: "blocked", ON_LOAN: "held"}.get(status, "ok")  # type: ignore[return-value]


def acts_of(status: str, *, is_lent: bool = False) -> list[str]:
    """What may happen to a thing of that status, the likeliest first. is_lent: it is with somebody, broken or not."""
    if status in GONE:
        return [FOUND_AGAIN, WRITE_OFF] if status in (LOST, STOLEN) else [FOUND_AGAIN]
    if is_lent and status != ON_LOAN:
        last = WRITE_OFF if status == OUT_OF_SERVICE else "hors_service"
        return [BACK, FOUND_AGAIN, last, CONDITION, "perte", "vol"]
    if status in (BROKEN, UNDER_REPAIR):
        first = [FOUND_AGAIN, "reparation", "hors_service"] if status == BROKEN else [FOUND_AGAIN, "hors_service"]
    elif status == OUT_OF_SERVICE:
        first = [WRITE_OFF, FOUND_AGAIN]
    elif status == IN_STORE:
        first = [ASSIGN, LEND, "panne", "hors_service"]
    elif status == ON_LOAN:
        return [BACK, "panne", CONDITION, "perte", "vol"]
    else:
        first = [LEND, "panne", "hors_service"]
    return [MOVE, *first, CONDITION, "perte", "vol", TRANSFER_OUT]


class AssetView(DetailView):
    """Everything about the assets chosen in the list; `wanted` names what is to be done with them."""

    wanted = Signal(str)  # an event, or `lend`, `back`, `fault`, `correct`, `photo`

    def __init__(self, desk: Desk, assets: Sequence[Asset]) -> None:
        super().__init__(desk)
        self.assets = list(assets)
        one = self.assets[0]
        if len(self.assets) > 1:
            self._make_buttons(acts_of(one.status), one.status)
            self.add(self.acts)
            return
        card = equipment.card(desk, one.id)
        self._make_buttons(acts_of(one.status, is_lent=card.history.loan_on(desk.today()) is not None), one.status)
        self._make_buttons_of_one(one.status)
        self.add(Badge(words.label("asset_status", one.status), state_of(one.status)))
        if card.has_photo:
            self.add(_picture(dossiers.photo(desk, one.id) or b""))
        self.add(self.acts, FactList(_facts(card)), Label(words.text("History"), bold=True))
        self.add(FactList([_told(card, event) for event in reversed(card.history.events)]))
        if card.tickets:
            self.add(Label(words.text("Maintenance"), bold=True))
            self.add(FactList([_mended(ticket) for ticket in reversed(card.tickets)]))

    def _make_buttons(self, acts: Sequence[str], status: str) -> None:
        """What may happen to them, for who may write it."""
        may_approve = self._desk.may(Permission.ASSETS_APPROVE)
        for act in acts if self._desk.may(Permission.ASSETS_EDIT) else ():
            if may_approve or act not in (WRITE_OFF, TRANSFER_OUT):
                self.button(act, act_text(act, status), _ICONS.get(act), quiet=act in _QUIET)

    def _make_buttons_of_one(self, status: str) -> None:
        if not self._desk.may(Permission.ASSETS_EDIT):
            return
        if status not in GONE:
            self.button(FAULT, words.text("Maintenance ticket…"), "wrench")
        self.button(CORRECT, words.text("Correct the card…"), "pencil")
        self.button(PHOTO, words.text("Photo…"))

    def do(self, act: str) -> None:
        self.wanted.emit(act)


def act_text(act: str, status: str) -> str:
    """What the button of an act says."""
    if act == FOUND_AGAIN and status in GONE:
        return words.text("Found again…")
    return {
        MOVE: words.text("Move…"),
        ASSIGN: words.text("Put into use…"),
        LEND: words.text("Lend…"),
        BACK: words.text("Brought back…"),
        "panne": words.text("Broken…"),
        "reparation": words.text("In repair…"),
        FOUND_AGAIN: words.text("Works again…"),
        "hors_service": words.text("Out of service…"),
        CONDITION: words.text("Condition…"),
        "perte": words.text("Lost…"),
        "vol": words.text("Stolen…"),
        WRITE_OFF: words.text("Write off…"),
        TRANSFER_OUT: words.text("Transfer…"),
    }[act]


def _picture(content: bytes) -> QLabel:
    shown_as = QLabel()
    made = QPixmap()
    made.loadFromData(content)
    size = QSize(tokens.wide(270), tokens.high(PHOTO_HIGH))
    shown_as.setPixmap(
        made.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    )
    shown_as.setAccessibleName(words.text("Photo"))
    return shown_as


def _facts(card: AssetCard) -> list[tuple[str, str]]:
    one = card.history.asset
    grant = card.grants.get(one.grant) if one.grant else None
    loan = next((event for event in reversed(card.history.events) if event.makes == ON_LOAN), None)
    lent = words.text("{who}, since {day}")
    found = [
        (
            words.text("Lent to"),
            ""
            if one.status != ON_LOAN or loan is None
            else lent.format(who=loan.other_party, day=formats.day(loan.on)),
        ),
        (words.text("Pieces"), formats.number(one.quantity) if one.is_batch else ""),
        (words.text("Location"), card.rooms.get(one.room, "") if one.room else words.text("not said")),
        (words.text("Answers for it"), card.users.get(one.custodian, "") if one.custodian else ""),
        (words.text("Linked bed"), card.beds.get(one.bed, "") if one.bed else ""),
        (words.text("Condition"), words.label("asset_condition", one.condition)),
        (words.text("Category"), words.label("asset_category", one.category)),
        (words.text("Brand, model"), one.brand_model),
        (words.text("Serial no."), one.serial_no),
        (words.text("Donor"), words.label("donor", one.donor)),
        (words.text("Grant"), grant.code if grant is not None else ""),
        (words.text("Owner"), words.label("asset_owner", one.owner)),
        (words.text("Acquired on"), formats.day(one.acquired_on)),
        (words.text("Acquisition mode"), words.label("acquisition_mode", one.acquisition_mode)),
        (words.text("Value"), words.text("{n} XOF").format(n=formats.number(one.cost)) if one.cost is not None else ""),
        (words.text("Handover minutes"), one.handover_pv),
        (words.text("Supplier"), one.supplier),
        (words.text("Invoice no."), one.invoice_no),
        (words.text("Warranty until"), formats.day(one.warranty_until) if one.warranty_until else ""),
    ]
    return [(name, value) for name, value in found if value]


def _told(card: AssetCard, event: AssetEvent) -> tuple[str, str]:
    parts = [words.text("Lent") if event.makes == ON_LOAN else words.label("asset_event", event.kind)]
    if event.room is not None:
        parts.append(words.text("to {room}").format(room=card.rooms.get(event.room, "")))
    if event.condition:
        parts.append(words.label("asset_condition", event.condition))
    parts += [one for one in (event.other_party, event.pv_no, event.donor_agreement, event.reason) if one]
    return formats.day(event.on), " · ".join(parts)


def _mended(one: Ticket) -> tuple[str, str]:
    """A ticket whole: what was wrong, what was done, by whom and for how much."""
    cost = words.text("{n} XOF").format(n=formats.number(one.cost)) if one.cost is not None else ""
    paid = words.label("donor", one.donor) if one.donor else ""
    until = words.text("open") if one.closed_on is None else formats.day(one.closed_on)
    told = (one.ticket_no, one.problem, until, one.action_done, one.parts_used, one.provider, cost, paid)
    return formats.day(one.reported_on), " · ".join(part for part in told if part)
