"""A card of an asset being filled in or corrected (field 3.10)."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.assets import COUNTED, IN_STORE, Asset
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BedId, GrantId, RoomId, UserId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.page import Told


class AssetForm(ActForm):
    """asset: the one to correct, None for new things; then how many, and whether each gets a tag of its own."""

    def __init__(self, desk: Desk, asset: Asset | None = None) -> None:
        title = words.text("Add equipment") if asset is None else words.text("Correct {tag}").format(tag=asset.tag_no)
        verb = words.text("Add") if asset is None else words.text("Save")
        super().__init__(desk, title, verb, "plus" if asset is None else "check")
        self._asset = asset
        self._make()
        self._lay_out()
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
        self.supplier = LineField(words.text("Supplier"))
        self.invoice = LineField(words.text("Invoice no."))
        self.pv = LineField(words.text("Handover minutes"))
        statuses = [(code, label) for code, label in code_lists.of("asset_status") if code in COUNTED]
        self.status = ChoiceField(words.text("Status"), statuses, IN_STORE, required=True, key="asset_status")
        self.condition = CodeField(words.text("Condition"), "asset_condition", "neuf", required=True)
        self.room = ChoiceField(words.text("Location"), choices.rooms(self.desk))
        self.custodian = ChoiceField(words.text("Answers for it"), choices.staff(self.desk))
        self.bed = ChoiceField(words.text("Linked bed"), choices.beds(self.desk))
        self.warranty = DayField(words.text("Warranty until"), today, kind="ahead")
        self.life = NumberField(words.text("Life"), 0, 99, unit=words.text("years"))
        self.days = NumberField(words.text("Maintenance every"), 0, 3650, unit=words.text("days"))
        self.hours = NumberField(words.text("or every"), 0, 99_999, unit=words.text("hours"))

    def _lay_out(self) -> None:
        self.row((self.designation, 300), (self.category, 240), (self.brand, 200), (self.serial, 180))
        if self._asset is None:
            self.row((self.quantity, 110), (self.tag, 220), (self.numbered, 330))
        else:
            self.row((self.tag, 220))
        self.section(words.text("Where it comes from"))
        self.row((self.donor, 260), (self.grant, 260), (self.mode, 300))
        self.row((self.owner, 150), (self.day, 160), (self.cost, 160), (self.pv, 180))
        self.row((self.supplier, 220), (self.invoice, 160))
        if self._asset is None:
            self.row((self.transferred, 330))
            self.section(words.text("Where and how it is"))
            self.row((self.room, 240), (self.status, 240), (self.condition, 170))
        self.section(words.text("Bed and maintenance"))
        self.row(
            (self.custodian, 220),
            (self.bed, 170),
            (self.warranty, 160),
            (self.life, 110),
            (self.days, 170),
            (self.hours, 150),
        )

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
            raise Missing("quantity")
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
        )

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """A tag or a serial number that is taken is said beside it."""
        taken = {"asset": self.tag, "serial": self.serial}
        found = taken.get(error.kind) if isinstance(error, errors.CodeTaken) else None
        return found or super().field_of(error)
