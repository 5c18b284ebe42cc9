"""Assistance: what is given to residents, in parts under one row of segments."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.part import PartFace
from shelter_desk.ui.page import Page
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Option, Segments

_LARGE = 12  # what 10 pixels become from 120 % on


@dataclass(frozen=True, slots=True)
class Part:
    """One segment and what it shows. key: also the name by which another page asks for it."""

    key: str
    label: str
    icon: str
    make: Callable[[Desk], PartFace]
    permission: Permission = Permission.ASSIST_SEE


def parts() -> tuple[Part, ...]:
    """The parts there are, in order; one more is one more line here."""
    return (
        Part("sheet", words.text("Day sheet"), "table", _sheet),
        Part("activities", words.text("Activities"), "two-people", _activities),
        Part("meals", words.text("Meals"), "home", _meals),
        Part("agenda", words.text("Agenda"), "calendar", _agenda),
        Part("referrals", words.text("Referrals"), "send", _referrals),
        Part("partners", words.text("Partners"), "list", _partners),
        Part("incidents", words.text("Incidents"), "flag", _incidents, Permission.INCIDENT_REPORT),
    )


def _sheet(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.sheet_part import SheetPart

    return SheetPart(desk)


def _activities(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.activities_part import ActivitiesPart

    return ActivitiesPart(desk)


def _meals(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.meals_part import MealsPart

    return MealsPart(desk)


def _agenda(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.agenda_part import AgendaPart

    return AgendaPart(desk)


def _referrals(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.referrals_part import ReferralsPart

    return ReferralsPart(desk)


def _partners(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.partners_part import PartnersPart

    return PartnersPart(desk)


def _incidents(desk: Desk) -> PartFace:
    from shelter_desk.ui.assistance.incidents_part import IncidentsPart

    return IncidentsPart(desk)


class AssistancePage(Page):
    """One part at a time; a part hidden while something changed looks again when it is shown."""

    concerns = Changes(services=True, stays=True, rooms=True, cases=True)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self._offered = {part.key: part for part in parts() if desk.may(part.permission)}
        self.faces: dict[str, PartFace] = {}
        self._fresh: set[str] = set()
        self.title = Label(words.text("Assistance"), size="title", bold=True)
        self.segments = Segments(_options(self._offered.values()), accessible_name=words.text("Part of the page"))
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
        face.record_wanted.connect(self.record_wanted)
        face.draft_found.connect(self.draft_found)
        self._stack.addWidget(face)
        return face

    def look(self) -> None:
        self._fresh.clear()
        self._look_at(str(self.segments.value()))

    def _look_at(self, key: str) -> None:
        face = self.faces[key]
        if key in self._fresh or face.is_editing():
            return
        try:
            face.look()
        except ShelterDeskError as error:
            face.fail(error)
        else:
            self._fresh.add(key)

    def is_editing(self) -> bool:
        return self.face.is_editing()

    def changed(self, changes: Changes) -> None:
        """A part that is edited, or hidden, looks again later."""
        if self.concerns.concern(changes):
            self._fresh.clear()
        super().changed(changes)

    def resume(self, draft: Draft) -> None:
        """Open the part and the form that this draft fills."""
        _, _, rest = draft.form.partition("/")
        key = {"activity": "activities"}.get(rest.partition("/")[0], rest.partition("/")[0])
        self.open(key)
        resumed = getattr(self.faces.get(key), "resume", None)
        if resumed is not None:
            resumed(draft)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page has nothing to type into itself: it hands the focus on."""
        super().focusInEvent(event)
        self.face.set_first()


def _options(offered: Iterable[Part]) -> list[Option]:
    """Icon and word; the word alone from 120 % on, where the icons would make the window wider than the screen."""
    if tokens.wide(10) < _LARGE:
        return [(part.key, part.label, part.icon) for part in offered]
    return [(part.key, part.label) for part in offered]
