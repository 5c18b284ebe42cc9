"""One asset beside the register, or several: facts, events, acts; and its card filled in or corrected (field 3.10)."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QLabel

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.assets import (
    BROKEN,
    COUNTED,
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
from shelter_desk.domain.ids import BedId, GrantId, RoomId, UserId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import dossiers, equipment
from shelter_desk.operations.equipment.equipment import AssetCard
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.lists.detail_view import DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats


class AssetForm(ActForm):
    """asset: the one to correct, None for new things; then how many, and whether each gets a tag of its own."""

    def __init__(self, desk: Desk, asset: Asset | None = None) -> None:
        title = words.text("Add equipment") if asset is None else words.text("Correct {tag}").format(tag=asset.tag_no)
        verb = words.text("Add") if asset is None else words.text("Save")
        super().__init__(desk, title, verb, "plus" if asset is None else "check")
        self._asset = asset
        self._make()
        self.row((self.designation, 300), (self.category, 240), (self.brand, 200), (self.serial, 180))
        if self._asset is None:
            self.row((self.quantity, 110), (self.tag, 220), (self.numbered, 330))
        else:
            self.row((self.tag, 220))
        self.section(words.text("Where it comes from"))
        self.row((self.donor, 260), (self.grant, 260), (self.mode, 300))
        self.row((self.owner, 150), (self.day, 160), (self.cost, 160), (self.pv, 180))
        self.row((self.supplier, 220), (self.invoice, 160), (self.share, 180))
        if self._asset is None:
            self.row((self.transferred, 330))
            self.section(words.text("Where and how it is"))
            self.row((self.room, 240), (self.status, 240), (self.condition, 170))
        self.section(words.text("Bed and maintenance"))
        life = (self.life, 110), (self.days, 170), (self.hours, 150)
        self.row((self.custodian, 220), (self.bed, 170), (self.warranty, 160), *life)
        self.first = self.designation
        if asset is not None:
            self._show(asset)

    def _make(self) -> None:
        today = self.desk.today()
        self.designation = LineField(words.text("Designation"), required=True, key="designation")
        self.category = CodeField(words.text("Category"), "asset_category", required=True)
        self.brand = LineField(words.text("Brand, model"))
        self.serial = LineField(words.text("Serial no."), key="serial_no")
        self.tag = LineField(words.text("Tag"), placeholder=words.text("given by the program"), key="tag_no")
        self.quantity = NumberField(words.text("How many"), 1, 500_000, required=True, key="quantity")
        self.quantity.set_number(1)
        self.numbered = QCheckBox(words.text("A tag for each piece (else one batch)"))
        self.numbered.setChecked(True)
        self.mode = CodeField(words.text("Acquisition mode"), "acquisition_mode", required=True)
        self.day = DayField(words.text("Acquired on"), today, required=True, value=today, key="acquired_on")
        self.transferred = QCheckBox(words.text("Transferred from another structure"))
        self.donor = CodeField(words.text("Donor"), "donor", required=True)
        self.grant = ChoiceField(words.text("Grant"), choices.grants(self.desk))
        self.owner = CodeField(words.text("Owner"), "asset_owner", "centre", required=True)
        self.cost = NumberField(words.text("Value of a piece"), 0, 999_999_999, unit="XOF", key="cost_xof")
        self.share = NumberField(words.text("Share the grant paid"), 0, 100, unit="%", key="award_share")
        self.supplier = LineField(words.text("Supplier"))
        self.invoice = LineField(words.text("Invoice no."))
        self.pv = LineField(words.text("Handover minutes"))
        statuses = [(code, label) for code, label in code_lists.of("asset_status") if code in COUNTED]
        self.status = ChoiceField(words.text("Status"), statuses, IN_STORE, required=True, key="asset_status")
        self.condition = CodeField(words.text("Condition"), "asset_condition", "neuf", required=True)
        self.room = ChoiceField(words.text("Location"), choices.rooms(self.desk))
        staff = [(str(key), name) for key, name in equipment.staff(self.desk)]
        self.custodian = ChoiceField(words.text("Answers for it"), staff)
        bed, codes = words.text("Bed {bed}"), equipment.places(self.desk).beds
        self.bed = ChoiceField(
            words.text("Linked bed"), [(str(key), bed.format(bed=code)) for key, code in codes.items()]
        )
        self.warranty = DayField(words.text("Warranty until"), today, kind="ahead")
        self.life = NumberField(words.text("Life"), 0, 99, unit=words.text("years"))
        self.days = NumberField(words.text("Maintenance every"), 0, 3650, unit=words.text("days"))
        self.hours = NumberField(words.text("or every"), 0, 99_999, unit=words.text("hours"))

    def _show(self, asset: Asset) -> None:
        for field, text in (
            (self.designation, asset.designation),
            (self.brand, asset.brand_model),
            (self.serial, asset.serial_no),
            (self.tag, asset.tag_no),
            (self.supplier, asset.supplier),
            (self.invoice, asset.invoice_no),
            (self.pv, asset.handover_pv),
        ):
            field.set_text(text)
        for choice, code in (
            (self.category, asset.category),
            (self.mode, asset.acquisition_mode),
            (self.donor, asset.donor),
            (self.owner, asset.owner),
            (self.status, asset.status),
            (self.condition, asset.condition),
            (self.grant, str(asset.grant) if asset.grant else None),
            (self.room, str(asset.room) if asset.room else None),
            (self.bed, str(asset.bed) if asset.bed else None),
            (self.custodian, str(asset.custodian) if asset.custodian else None),
        ):
            choice.choose(code)
        self.quantity.set_number(asset.quantity)
        self.cost.label.setText(words.text("Value"))
        for number, value in (
            (self.cost, asset.cost),
            (self.share, asset.award_share),
            (self.life, asset.life_years),
            (self.days, asset.maintenance_days),
            (self.hours, asset.maintenance_hours),
        ):
            number.set_number(value)
        self.day.set_day(asset.acquired_on)
        self.warranty.set_day(asset.warranty_until)

    def act(self) -> Told:
        pieces = self.quantity.number()
        if pieces is None:
            raise errors.Missing("quantity")
        made = self._typed()
        if self._asset is not None:
            done = equipment.change_asset(self.desk, made)
            return Told("ok", words.text("{tag} corrected.").format(tag=made.tag_no), done)
        numbered = self.numbered.isChecked() and pieces <= equipment.MOST_AT_ONCE
        cost = made.cost if numbered or made.cost is None else made.cost * pieces
        batch = replace(made, quantity=1 if numbered else pieces, cost=cost)
        transferred = self.transferred.isChecked()
        done = equipment.add_assets(self.desk, batch, pieces if numbered else 1, transferred=transferred)
        how_many = words.count("{n} piece", "{n} pieces", pieces)
        text = (
            words.text("Added: {how_many}, tag {tag}.")
            if pieces == 1
            else words.text("Added: {how_many}, from {tag} on.")
        )
        return Told("ok", text.format(how_many=how_many, tag=done.subject), done)

    def _typed(self) -> Asset:
        day = self.day.asked()
        former = self._asset
        return Asset(
            former.id if former is not None else equipment.NEW,
            self.tag.text(),
            self.designation.text(),
            self.category.code(),
            self.mode.code(),
            day,
            self.donor.code(),
            self.owner.code(),
            former.status if former is not None else self.status.code(),
            former.condition if former is not None else self.condition.code(),
            quantity=former.quantity if former is not None else 1,
            brand_model=self.brand.text(),
            serial_no=self.serial.text(),
            grant=self.grant.chosen_id(GrantId),
            supplier=self.supplier.text(),
            invoice_no=self.invoice.text(),
            cost=self.cost.number(),
            handover_pv=self.pv.text(),
            room=former.room if former is not None else self.room.chosen_id(RoomId),
            custodian=self.custodian.chosen_id(UserId),
            warranty_until=self.warranty.day(),
            life_years=self.life.number(),
            maintenance_days=self.days.number() or None,
            maintenance_hours=self.hours.number() or None,
            bed=self.bed.chosen_id(BedId),
            reception=former.reception if former is not None else None,
            award_share=self.share.number(),
        )

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """A tag or a serial number that is taken is said beside it."""
        taken = {"asset": self.tag, "serial": self.serial}
        found = taken.get(error.kind) if isinstance(error, errors.CodeTaken) else None
        return found or super().field_of(error)


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
        if desk.may(Permission.ASSETS_EDIT):
            if one.status not in GONE:
                self.button(FAULT, words.text("Maintenance ticket…"), "wrench")
            self.button(CORRECT, words.text("Correct the card…"), "pencil")
            self.button(PHOTO, words.text("Photo…"))
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
