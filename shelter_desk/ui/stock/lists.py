"""Lists that fields of the stock offer.

The grant of a donor, the last one unless another is chosen; away while the donor has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.equipment import receiving
from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.ids import ItemId
from shelter_desk.domain.stock.items import Item, Kit
from shelter_desk.operations.drafts import Value
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField

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


KIT = "kit:"


def of(list_name: str, only: tuple[str, ...] = ()) -> list[Choice]:
    """The codes that may still be chosen. only: these alone, in their order, where any are named."""
    if only:
        return [(code, words.label(list_name, code)) for code in only]
    return [(one.code, words.label(list_name, one.code)) for one in codes.codes(list_name) if one.active]


def items(known: Iterable[Item]) -> list[Choice]:
    """Active items by their number."""
    return [(str(one.id), one.designation) for one in known if one.is_active]


def every(known: Iterable[Item]) -> list[Choice]:
    """All items: what is not used any more may lie on the shelf still."""
    return [(str(one.id), one.designation) for one in known]


def with_kits(known: Iterable[Item], kits: Iterable[Kit]) -> list[Choice]:
    """Kits first, then items."""
    text = words.text("Kit: {name}")
    made = [(f"{KIT}{one.code}", text.format(name=one.name)) for one in kits if one.is_active]
    return [*made, *items(known)]


def units(item: Item) -> list[Choice]:
    """The unit of the item, then the packs that it comes in."""
    text = words.text("{pack} of {n}")
    from shelter_desk.ui.stock.amounts import bare

    packs = [(pack.unit, text.format(pack=words.label("unit", pack.unit), n=bare(pack.factor))) for pack in item.packs]
    return [("", words.label("unit", item.unit)), *packs]


def by_number(known: Iterable[Item]) -> Mapping[str, Item]:
    """Items by the number that a choice says."""
    return {str(one.id): one for one in known}


def number(chosen: str) -> ItemId:
    """The number that a choice says."""
    return ItemId(int(chosen))


def nfi_services() -> list[Choice]:
    """Sub-types of services that hand over things: kits, rations, medicines."""
    return [
        (one.code, words.label("service_type", one.code))
        for one in codes.codes("service_type")
        if one.active and (one.parent == "nfi" or one.code in ("ali_ration", "ali_nutrition", "san_medic"))
    ]
