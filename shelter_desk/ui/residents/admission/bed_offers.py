"""What can be chosen where somebody is to sleep: the best places as cards, other beds by room; why not the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QRadioButton, QWidget

from shelter_desk import words
from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, empty, repolish
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats
from shelter_desk.words.beds import first_days, room_rules


class WhyNot(QWidget):
    """A line that opens: each bed with its reason. Beds that somebody has are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: list[Proposal] = []
        self.button = Button(words.text("Why not the other free beds"), "quiet", "down", on_click=self._turn)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(tokens.SPACE_2, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self._list.hide()
        in_column(self.button, self._list, within=self, spacing=0)

    def show_those(self, found: Sequence[Proposal]) -> None:
        """The beds to speak of."""
        self._found = [one for one in found if not one.taken_by]
        self.setVisible(bool(self._found))
        if not self._list.isHidden():
            self._fill()

    def reasons(self) -> list[tuple[str, str]]:
        """Each bed by its code and why it was not proposed."""
        return [(one.bed.code, _why(one)) for one in self._found]

    @Slot()
    def _turn(self) -> None:
        opening = self._list.isHidden()
        self.button.set_icon("up" if opening else "down")
        if opening:
            self._fill()
        self._list.setVisible(opening)

    def _fill(self) -> None:
        empty(self._grid)
        for row, (code, why) in enumerate(self.reasons()):
            self._grid.addWidget(Label(code, size="small", bold=True), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Label(why, size="small", ink="ink2", wrap=True), row, 1)


def _why(one: Proposal) -> str:
    if one.since is not None:
        return first_days.one_not_yet(one.since)
    if one.state is None:
        return room_rules.told(room_rules.by_danger(one.against)[:1])
    name, reason, end = words.label("bed_state", one.state.state), one.state.reason, one.state.end
    if end is None:
        return words.text("{state}. {reason}").format(state=name, reason=reason).strip()
    told = words.text("{state} until {day}. {reason}")
    return told.format(state=name, day=formats.day(end.date()), reason=reason).strip()


@dataclass(frozen=True, slots=True)
class BedOffer:
    """One place that can be chosen. against: rules that speak against it. is_more: a bed beyond the best ones."""

    key: str
    name: str
    where: str
    spot: Spot | None
    against: tuple[Finding, ...] = ()
    told: str = ""
    is_more: bool = False

    @property
    def needs_reason(self) -> bool:
        """Whether a rule must be set aside."""
        return any(finding.level == "needs_reason" for finding in self.against)


class OfferRow(QFrame):
    """One offer: radio button, bed and room, badge, why."""

    def __init__(self, offer: BedOffer, may_override: bool) -> None:
        super().__init__()
        self.offer = offer
        self.setProperty("role", "card")
        self.radio = QRadioButton()
        self.radio.setAccessibleName(words.text("{place} {room}").format(place=offer.name, room=offer.where))
        self.radio.setEnabled(may_override or not offer.needs_reason)
        self.setFocusProxy(self.radio)
        badge = _badge(offer)
        first = in_row(Label(offer.name, bold=True), (Label(offer.where, wrap=True), 1), spacing=tokens.SPACE)
        if badge is not None:
            first.addWidget(badge)
        text = in_column(first, spacing=0)
        told = [room_rules.told(offer.against)]
        if offer.needs_reason and not may_override:
            told.append(words.text("A manager may set this rule aside."))
        sentence = " ".join([*told, offer.told]).strip()
        if sentence:
            text.addWidget(Label(sentence, size="small", ink="ink2", wrap=True))
        self.radio.setAccessibleDescription(
            ". ".join(part for part in (badge.text() if badge else "", sentence) if part)
        )
        edges = (tokens.SPACE_PANEL, tokens.SPACE)
        in_row(self.radio, (text, 1), within=self, spacing=tokens.SPACE, margins=edges)

    def set_chosen(self, chosen: bool) -> None:
        """The edge of what is selected."""
        self.setProperty("chosen", chosen)
        repolish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.click()
        super().mousePressEvent(event)


class BedRadio(QRadioButton):
    """One more bed, by its code."""

    def __init__(self, offer: BedOffer) -> None:
        super().__init__(offer.name)
        self.offer, self.radio = offer, self
        self.setAccessibleName(words.text("{place} {room}").format(place=offer.name, room=offer.where))
        self.setToolTip(room_rules.told(offer.against))

    def set_chosen(self, chosen: bool) -> None:
        """The radio button says it."""


class MoreBeds(QWidget):
    """The other beds that can be chosen, room by room."""

    def __init__(self, offers: Sequence[BedOffer]) -> None:
        super().__init__()
        self.radios: list[BedRadio] = []
        whole = in_column(within=self, spacing=tokens.SPACE_HALF)
        told = words.count("{n} other bed that can be chosen", "{n} other beds that can be chosen", len(offers))
        whole.addWidget(Label(told, size="small", bold=True, ink="ink2"))
        for (name, against), beds in groupby(offers, lambda one: (one.where, one.needs_reason)):
            room = words.text("{room}, with a reason").format(room=name) if against else name
            whole.addWidget(Label(room, size="small", ink="ink2", wrap=True))
            row = Flow(tokens.SPACE_2, tokens.SPACE_HALF)
            for one in beds:
                self.radios.append(BedRadio(one))
                row.add(self.radios[-1])
            whole.addLayout(row)


def _badge(offer: BedOffer) -> Badge | None:
    if offer.spot is None:
        return None
    state: State = "attention" if offer.against else "ok"
    if offer.needs_reason:
        return Badge(words.text("With a reason"), state)
    return Badge(words.text("Fits, to watch") if offer.against else words.text("Fits"), state)
