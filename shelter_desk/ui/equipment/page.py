"""Equipment, in parts under one row of segments."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment.part import PartFace
from shelter_desk.ui.page import Page
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
    """The parts there are, in order."""
    return (
        Part("register", words.text("Register"), "list", _register),
        Part("receptions", words.text("Receptions"), "truck", _receptions),
        Part("counts", words.text("Inventory"), "barcode", _counts),
        Part("maintenance", words.text("Maintenance"), "wrench", _maintenance),
        Part("donors", words.text("Donors and grants"), "flag", _donors),
        Part("month", words.text("Month"), "report", _month),
    )


def _register(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.register_part import RegisterPart

    return RegisterPart(desk)


def _receptions(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.receptions_part import ReceptionsPart

    return ReceptionsPart(desk)


def _counts(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.counts_part import CountsPart

    return CountsPart(desk)


def _maintenance(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.maintenance_part import MaintenancePart

    return MaintenancePart(desk)


def _donors(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.donors_part import DonorsPart

    return DonorsPart(desk)


def _month(desk: Desk) -> PartFace:
    from shelter_desk.ui.equipment.month_part import MonthPart

    return MonthPart(desk)


class EquipmentPage(Page):
    """One part at a time; a part hidden while something changed looks again when it is shown."""

    concerns = Changes(assets=True, rooms=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._offered = {part.key: part for part in parts()}
        self.faces: dict[str, PartFace] = {}
        self._fresh: set[str] = set()
        title = Label(words.text("Equipment"), size="title", bold=True)
        options = [(part.key, part.label, part.icon) for part in self._offered.values()]
        self.segments = Segments(options, accessible_name=words.text("Part of the page"))
        self.segments.chosen.connect(self.open)
        self._stack = QStackedWidget()
        head = QFrame()
        head.setProperty("role", "bar")
        row = Flow(tokens.SPACE_3, tokens.SPACE_HALF, middle=True)
        row.add(title, self.segments)
        around = QVBoxLayout(head)
        around.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        around.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._stack, 1)
        self.open("register")

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
            face = self.faces[key] = self._offered[key].make(self.desk)
            face.told.connect(self.told)
            self._stack.addWidget(face)
        if self.segments.value() != key:
            self.segments.choose(key)
        self._stack.setCurrentWidget(self.faces[key])
        if self.isVisible():
            self._look_at(key)

    def look(self) -> None:
        self._fresh.clear()
        self._look_at(str(self.segments.value()))

    def _look_at(self, key: str) -> None:
        face = self.faces[key]
        if key not in self._fresh and not face.is_editing():
            self._fresh.add(key)
            face.look_again()

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
