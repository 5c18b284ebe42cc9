"""Stock: items and their cards, vouchers, loans, counts, what expires and what is used."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Page
from shelter_desk.ui.stock.part import PartFace
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments


@dataclass(frozen=True, slots=True)
class Part:
    """One segment and what it shows. key: also the name by which another page asks for it."""

    key: str
    label: str
    icon: str
    make: Callable[[Desk], PartFace]


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here."""
    return (
        Part("items", words.text("Items"), "box", _items),
        Part("vouchers", words.text("Vouchers"), "document", _vouchers),
        Part("expiring", words.text("Expiry dates"), "clock", _expiring),
        Part("loans", words.text("Loans"), "swap", _loans),
        Part("counts", words.text("Counts"), "list", _counts),
        Part("use", words.text("Use"), "calendar-bars", _use),
        Part("kits", words.text("Kits"), "bag", _kits),
    )


def _items(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.items_part import ItemsPart

    return ItemsPart(desk)


def _vouchers(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.vouchers_part import VouchersPart

    return VouchersPart(desk)


def _expiring(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.expiring_part import ExpiringPart

    return ExpiringPart(desk)


def _loans(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.loans_part import LoansPart

    return LoansPart(desk)


def _counts(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.counts_part import CountsPart

    return CountsPart(desk)


def _use(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.use_part import UsePart

    return UsePart(desk)


def _kits(desk: Desk) -> PartFace:
    from shelter_desk.ui.stock.kits_part import KitsPart

    return KitsPart(desk)


class StockPage(Page):
    """One part at a time; a part hidden while something changed looks again when it is shown."""

    concerns = Changes(stock=True, stays=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._offered = {part.key: part for part in parts()}
        self.faces: dict[str, PartFace] = {}
        self._fresh: set[str] = set()
        self.title = Label(words.text("Stock"), size="title", bold=True)
        options = [(part.key, part.label, part.icon) for part in self._offered.values()]
        self.segments = Segments(options, accessible_name=words.text("Part of the page"))
        self.segments.chosen.connect(self.open)
        self._stack = QStackedWidget()
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE_3, tokens.SPACE_HALF, middle=True)
        row.add(self.title, self.segments)
        around = QVBoxLayout(head)
        around.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        around.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._stack, 1)
        self.open(next(iter(self._offered)))

    @property
    def face(self) -> PartFace:
        """The part shown."""
        return self.faces[str(self.segments.value())]

    @Slot(str)
    def open(self, key: str) -> None:
        """Show that part, by its segment or for another page."""
        if key not in self._offered:
            return
        if key not in self.faces:
            self.faces[key] = self._made(self._offered[key])
        if self.segments.value() != key:
            self.segments.choose(key)
        self._stack.setCurrentWidget(self.faces[key])
        if self.isVisible():
            self._look_at(key)

    def _made(self, part: Part) -> PartFace:
        face = part.make(self.desk)
        face.told.connect(self.told)
        self._stack.addWidget(face)
        return face

    def look(self) -> None:
        self._fresh.clear()
        self._look_at(str(self.segments.value()))

    def _look_at(self, key: str) -> None:
        face = self.faces[key]
        if key in self._fresh or face.is_editing():
            return
        face.look_again()
        self._fresh.add(key)

    def is_editing(self) -> bool:
        return self.face.is_editing()

    def changed(self, changes: Changes) -> None:
        """A part that is edited, or hidden, looks again later."""
        if self.concerns.concern(changes):
            self._fresh.clear()
        super().changed(changes)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the focus on."""
        super().focusInEvent(event)
        self.face.set_first()
