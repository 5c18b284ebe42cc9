"""Pieces of a lot that become equipment: out of the store, into the register, in one act."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import RoomId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import reclassifying, stock
from shelter_desk.operations.stock.reclassifying import Reclassified
from shelter_desk.operations.stock.stock import ItemLedger
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.stock.item_lines import LotBox
from shelter_desk.ui.widgets.segments import Segments

EACH, BATCH = "each", "batch"
_LIKELY = {"nfi_couchage": "literie", "fournitures_formation": "formation", "fournitures_bureau": "informatique"}


class ToEquipmentForm(ActForm):
    """From which lot, how many, and what they are in the register."""

    moves_stock = True

    def __init__(self, desk: Desk, card: ItemLedger) -> None:
        super().__init__(desk, words.text("Make it equipment"), words.text("Make it equipment"), "cabinet")
        self._item = card.item
        today = desk.today()
        self.box = LotBox(proposes=False)
        self.lot = Field(words.text("From which lot"), self.box, required=True, key="lot_no")
        self.pieces = NumberField(
            words.text("How many pieces"), 1, equipment.MOST_AT_ONCE, required=True, key="quantity"
        )
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="moved_on")
        self.donor = CodeField(words.text("Donor"), "donor", required=True)
        likely = _LIKELY.get(card.item.category)
        self.category = CodeField(words.text("Category"), "asset_category", likely, required=True)
        self.condition = CodeField(words.text("Condition"), "asset_condition", "neuf", required=True)
        rooms = [(str(key), name) for key, name in equipment.places(desk).rooms.items()]
        self.room = ChoiceField(words.text("Where it is kept"), rooms)
        self.numbered = Segments(
            [(EACH, words.text("A tag for each")), (BATCH, words.text("One tag for all"))], EACH, words.text("Tags")
        )
        self.reason = LineField(
            words.text("Why it is kept and not used up"), required=True, open_words=True, key="reason"
        )
        told = words.text(
            "{item}: the pieces leave the stock by a transfer voucher and stand in the register of equipment, with the "
            "donor, the project and the price of their lot. They are lent and brought back from there."
        )
        self.explain(told.format(item=self._item.designation))
        self.row((self.lot, 320), (self.pieces, 150), (self.day, 145), (self.donor, 220))
        self.row((self.category, 240), (self.condition, 170), (self.room, 240))
        self.add(self.numbered)
        self.reason.setMaximumWidth(tokens.wide(560))
        self.add(self.reason)
        self.first = self.pieces
        self.box.chosen.connect(self.refresh)
        self.day.changed.connect(self._offer)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """The lots that there are on that day."""
        self.box.offer(self._item, stock.lots(self.desk, self._item.id, self.day.day() or self.desk.today()))
        self.refresh()

    @Slot()
    def refresh(self, _code: object = None) -> None:
        """Whose it is, where the lot does not say."""
        lot = self.box.lot()
        self.donor.setVisible(lot is not None and not lot.donor)

    def act(self) -> Told:
        day, lot, pieces = self.day.day(), self.box.lot(), self.pieces.number()
        if lot is None:
            raise Missing("lot_no")
        if pieces is None:
            raise Missing("quantity")
        if day is None:
            raise Missing("moved_on")
        said = Reclassified(
            self._item.id,
            lot,
            pieces,
            day,
            self.category.code(),
            self.condition.code(),
            self.reason.text(),
            self.room.chosen_id(RoomId),
            self.numbered.value() == EACH,
            self.donor.code(),
        )
        done = reclassifying.to_equipment(self.desk, said)
        text = words.text("Voucher {number}: it is equipment now, in store.")
        return Told("ok", text.format(number=done.subject), done)
