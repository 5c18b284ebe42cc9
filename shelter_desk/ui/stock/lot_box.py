"""From which lot: those there are, the one that expires first on top. What was chosen by hand stays, in a draft too."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import Choice, ChoiceBox
from shelter_desk.ui.stock import amounts

FIRST_EXPIRED = "first"


class LotBox(ChoiceBox):
    """proposes: the store may choose the lots itself, and does unless a person did."""

    def __init__(self, *, proposes: bool) -> None:
        self._first: list[Choice] = [(FIRST_EXPIRED, words.text("expires first"))] if proposes else []
        super().__init__(self._first, FIRST_EXPIRED if proposes else None)
        self.setAccessibleName(words.text("Lot"))
        self.view().setMinimumWidth(tokens.wide(460))  # number, day, donor and grant are read whole
        self.known: dict[str, tuple[Lot, int]] = {}
        self._of_draft: list[str] = []

    def show_lots(self, lots: Sequence[tuple[Lot, int]], *, of_other_item: bool = False) -> None:
        """These lots, with how much there is of each; of another item, nothing of before is kept."""
        kept = self._of_draft or ([] if of_other_item else self.said())
        self.known = {str(at): one for at, one in enumerate(lots)}
        text = words.text("{lot}: {n}")
        told = [(at, text.format(lot=amounts.lot(lot), n=amounts.bare(n))) for at, (lot, n) in self.known.items()]
        self.set_choices([*self._first, *told])
        self._choose(kept)

    def lot(self) -> Lot | None:
        """The lot chosen by hand."""
        found = self.known.get(self.value() or "")
        return None if found is None else found[0]

    def choose_lot(self, lot: Lot) -> None:
        """That lot, where it is one of them."""
        self._choose(_said(lot))

    def choose_number(self, lot_no: str) -> None:
        """The lot of that number that expires first, where it is one of them."""
        found = next((lot for lot, _ in self.known.values() if lot.lot_no.casefold() == lot_no.casefold()), None)
        if found is not None:
            self.choose_lot(found)
            self.chosen.emit(self.value() or "")

    def said(self) -> list[str]:
        """The lot chosen by hand as a draft keeps it; nothing where the store chooses."""
        lot = self.lot()
        return [] if lot is None else _said(lot)

    def put(self, said: Value) -> None:
        """Choose the lot of a draft, as soon as it is among those there are."""
        self._of_draft = list(said)
        self._choose(self._of_draft)

    def _choose(self, said: list[str]) -> None:
        place = next((at for at, (lot, _) in self.known.items() if _said(lot) == said), None)
        if place is not None:
            self._of_draft = []
        self.choose(place or (FIRST_EXPIRED if self._first else "0" if self.known else None))


def _said(lot: Lot) -> list[str]:
    return [lot.lot_no, "" if lot.expiry_on is None else lot.expiry_on.isoformat(), lot.donor, lot.grant]


def lot_box(wide: int, *, proposes: bool) -> LotBox:
    """One as wide as that."""
    made = LotBox(proposes=proposes)
    made.setFixedWidth(tokens.wide(wide))
    return made
