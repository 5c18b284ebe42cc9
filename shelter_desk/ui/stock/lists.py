"""Lists that fields of the stock offer.

The grant of a donor, the last one unless another is chosen; away while the donor has none.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.equipment import receiving
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.items import Item, Kit
from shelter_desk.operations.drafts import Value
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.stock import amounts

KIT = "kit:"
NONE = "none"


class GrantField(ChoiceField):
    """Follows the donor chosen beside it."""

    def __init__(self, grants: Sequence[Grant]) -> None:
        super().__init__(words.text("Grant"), key="grant")
        self._grants = grants
        self.hide()

    def follow(self, donor: str, day: date) -> None:
        """The grants of that donor, the last one chosen."""
        mine = [one for one in self._grants if one.donor == donor]
        named = [(one.code, f"{one.code} {one.title}".strip()) for one in mine]
        last = receiving.last_grant_of(mine, donor, day)
        self.set_choices([(NONE, words.text("no grant")), *named])
        self.choose(NONE if last is None else last.code)
        self.setVisible(bool(mine))

    def code(self) -> str:
        """The code chosen, "" for none."""
        chosen = self.value()
        return "" if self.isHidden() or chosen in (None, NONE) else str(chosen)

    def draft_value(self) -> Value:
        """The code chosen; the donor of a draft is put before."""
        return self.value() or ""

    def put_draft(self, value: Value) -> None:
        """Show it again, with the others of its donor."""
        one = next((one for one in self._grants if one.code == value), None)
        if one is not None:
            self.follow(one.donor, date.max)
        self.choose(str(value) or None)


def named(list_name: str, order: Iterable[str]) -> list[Choice]:
    """These codes of a list, in this order."""
    return [(code, words.label(list_name, code)) for code in order]


def items(known: Iterable[Item]) -> list[Choice]:
    """Active items by their number."""
    return [(str(one.id), one.designation) for one in known if one.is_active]


def with_kits(known: Iterable[Item], kits: Iterable[Kit]) -> list[Choice]:
    """Kits first, then items."""
    text = words.text("Kit: {name}")
    made = [(f"{KIT}{one.code}", text.format(name=one.name)) for one in kits if one.is_active]
    return [*made, *items(known)]


def units(item: Item) -> list[Choice]:
    """The unit of the item, then the packs that it comes in."""
    text = words.text("{pack} of {n}")
    packs = [
        (pack.unit, text.format(pack=words.label("unit", pack.unit), n=amounts.bare(pack.factor)))
        for pack in item.packs
    ]
    return [("", words.label("unit", item.unit)), *packs]


def number(chosen: str) -> ItemId:
    """The number that a choice says."""
    return ItemId(int(chosen))


def service_given(chosen: str) -> ChoiceField:
    """The service that is counted when the thing is given: one that hands over kits, rations, medicines, or none."""
    found = [
        (one.code, words.label("service_type", one.code))
        for one in codes.codes("service_type")
        if one.active and (one.parent == "nfi" or one.code in ("ali_ration", "ali_nutrition", "san_medic"))
    ]
    label = words.text("Service counted when the item is given")
    return ChoiceField(label, [("", words.text("none")), *found], chosen, key="service_type")
