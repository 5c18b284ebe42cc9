"""Where somebody sleeps: beds that fit, beds with a reason, a mat, a parent's bed, or later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import settings as limits
from shelter_desk.domain.beds import SLEEPING_ROOMS, Bed, Room
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BedId, PersonId, StayId
from shelter_desk.domain.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.rules import Finding
from shelter_desk.domain.stays import Place
from shelter_desk.operations import beds, settings
from shelter_desk.operations.beds import Board, Proposal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.residents.why_not import WhyNot
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.fields import LineField
from shelter_desk.ui.widgets.label import Label, repolish
from shelter_desk.ui.widgets.watched_text import watch
from shelter_desk.words import first_days, rules

MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One place that can be chosen. against: rules that speak against it."""

    key: str
    name: str
    where: str
    spot: Spot | None
    against: tuple[Finding, ...] = ()
    told: str = ""

    @property
    def needs_reason(self) -> bool:
        """Whether a rule must be set aside."""
        return any(finding.level == "needs_reason" for finding in self.against)


class BedChoice(QWidget):
    """Offers as rows of radio buttons; the best one is chosen until a person chooses."""

    changed = Signal()
    request_wanted = Signal()  # no bed will do: a request for a place is to be noted

    def __init__(self, desk: Desk, later: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._later = desk, later
        self._offers: dict[str, _OfferRow] = {}
        self._by_hand = ""
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(tokens.SPACE)
        self.reason = LineField(words.text("Reason for setting the rule aside"), required=True, open_words=True)
        watch(desk, self.reason)
        self.reason.changed.connect(self._typed)
        self.not_yet = Label(size="small", ink="attention", wrap=True)
        self.why_not = WhyNot()
        self.request_button = Button(words.text("No bed will do: note a request for a place…"), "quiet", "arrive")
        self.request_button.clicked.connect(self.request_wanted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE)
        whole.addLayout(self._rows)
        whole.addWidget(self.reason)
        whole.addWidget(self.not_yet)
        whole.addWidget(self.why_not)
        whole.addWidget(self.request_button, 0, Qt.AlignmentFlag.AlignLeft)
        for hidden in (self.reason, self.not_yet, self.request_button):
            hidden.hide()

    def propose(
        self,
        sex: str,
        birth: Birth,
        night: date,
        head: StayId | None = None,
        head_bed: Bed | None = None,
        stay: StayId | None = None,
        without: BedId | None = None,
        known: PersonId | None = None,
    ) -> None:
        """Ask anew for this person. known: of somebody who was here before, so that R-28 is looked at.

        head_bed: the bed of the adult, for an infant who may share it. without: the bed that is left.
        """
        asked = beds.beds_for(self._desk, sex, birth, night, head, stay, known)
        found = [one for one in asked if one.bed.id != without]
        age = birth.age(night)
        oldest = limits.whole(settings.kept(self._desk), "infant_shares_bed_max_age_years")
        may_share = head_bed is not None and (age is None or age <= oldest)
        offers = _offers(found, head_bed if may_share else None, self._by_hand)
        if self._later:
            told = words.text("The person stays without a place until then.")
            offers.append(Offer("later", words.text("Later"), "", None, told=told))
        self._show(offers)
        fits = any(one.fits for one in found)
        self.request_button.setVisible(self._later and not fits)
        told = "" if fits else first_days.not_yet(one.since for one in found if one.since is not None)
        self.not_yet.setText(told)
        self.not_yet.setVisible(bool(told))
        shown = {offer.key for offer in offers}
        may = self._desk.may(Permission.OVERRIDE_RULE)
        self.why_not.show_those([one for one in found if f"bed{one.bed.id}" not in shown or not (one.fits or may)])

    def choose(self, spot: Spot | None) -> None:
        """Choose that place by hand, as from the plan of beds."""
        self._by_hand = "" if spot is None else _key(spot)
        self._choose_again()

    def forget(self) -> None:
        """Nothing was chosen by hand."""
        self._by_hand = ""
        self.reason.set_text("")

    def draft_value(self) -> list[str]:
        """What a draft keeps of it: the place chosen by hand, and the reason."""
        return [self._by_hand, self.reason.line.text()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept, once places are proposed."""
        self._by_hand, reason = list(value)
        self.reason.set_text(reason)
        self._choose_again()

    def spot(self) -> Spot | None:
        """The place chosen. Raises Missing where a reason is asked for and not written."""
        row = self._chosen()
        if row is None or row.offer.spot is None:
            return None
        spot = row.offer.spot
        if not row.offer.needs_reason:
            return spot
        if not self.reason.text():
            self.reason.set_error(words.text("Write why the rule is set aside."))
            self.reason.setFocus()
            raise Missing("reason")
        return Spot(spot.place, spot.bed, spot.room, self.reason.text())

    def chosen(self) -> Offer | None:
        """The offer chosen."""
        row = self._chosen()
        return row.offer if row else None

    def pick(self, key: str) -> None:
        """Choose an offer by its key: `bed7`, `mat2`, `share7`, `later`."""
        self._by_hand = key
        self._choose_again()

    def offers(self) -> list[Offer]:
        """What can be chosen, in display order."""
        return [row.offer for row in self._offers.values()]

    def _chosen(self) -> "_OfferRow | None":
        return next((row for row in self._offers.values() if row.radio.isChecked()), None)

    def _show(self, offers: Sequence[Offer]) -> None:
        for row in self._offers.values():
            self._group.removeButton(row.radio)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        may = self._desk.may(Permission.OVERRIDE_RULE)
        self._offers = {offer.key: _OfferRow(offer, may) for offer in offers}
        for row in self._offers.values():
            self._group.addButton(row.radio)
            self._rows.addWidget(row)
        self._choose_again()

    def _choose_again(self) -> None:
        wanted = self._offers.get(self._by_hand)
        if wanted is None or not wanted.radio.isEnabled():
            wanted = next((row for row in self._offers.values() if not row.offer.needs_reason), None)
        if wanted is not None:
            wanted.radio.setChecked(True)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = self._chosen()
        for one in self._offers.values():
            one.set_chosen(one is row)
        self.reason.setVisible(row is not None and row.offer.needs_reason)

    @Slot("QAbstractButton*")
    def _clicked(self, _button: object) -> None:
        row = self._chosen()
        self._by_hand = row.offer.key if row else ""
        self._show_chosen()
        self.changed.emit()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self.reason.clear()
        self.changed.emit()


class _OfferRow(QFrame):
    """One offer: radio button, bed and room, badge, why."""

    def __init__(self, offer: Offer, may_override: bool) -> None:
        super().__init__()
        self.offer = offer
        self.setProperty("role", "card")
        self.radio = QRadioButton()
        self.radio.setAccessibleName(words.text("{place} {room}").format(place=offer.name, room=offer.where))
        self.radio.setEnabled(may_override or not offer.needs_reason)
        self.setFocusProxy(self.radio)
        badge = _badge(offer)
        first = QHBoxLayout()
        first.setSpacing(tokens.SPACE)
        first.addWidget(Label(offer.name, bold=True))
        first.addWidget(Label(offer.where, wrap=True), 1)
        if badge is not None:
            first.addWidget(badge)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addLayout(first)
        told = self._told(may_override)
        if told:
            text.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_PANEL, tokens.SPACE, tokens.SPACE_PANEL, tokens.SPACE)
        row.setSpacing(tokens.SPACE)
        row.addWidget(self.radio)
        row.addLayout(text, 1)

    def _told(self, may_override: bool) -> str:
        told = [rules.warning(finding.rule) for finding in self.offer.against]
        if self.offer.needs_reason and not may_override:
            told.append(words.text("A manager may set this rule aside."))
        return " ".join([*told, self.offer.told]).strip()

    def set_chosen(self, chosen: bool) -> None:
        """The edge of what is selected."""
        self.setProperty("chosen", chosen)
        repolish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.click()
        super().mousePressEvent(event)


def bed_of(board: Board, placement: object) -> Bed | None:
    """The bed of a placement, None for a mat or a parent's bed."""
    key = getattr(placement, "bed", None)
    return next((look.bed for room in board.rooms for look in room.beds if look.bed.id == key), None)


def _badge(offer: Offer) -> Badge | None:
    if offer.spot is None:
        return None
    state: State = "attention" if offer.against else "ok"
    if offer.needs_reason:
        return Badge(words.text("With a reason"), state)
    return Badge(words.text("Fits, to watch") if offer.against else words.text("Fits"), state)


def _key(spot: Spot) -> str:
    if spot.place == "appoint":
        return f"mat{spot.room}"
    return f"share{spot.bed}" if spot.place == "partage" else f"bed{spot.bed}"


def _offers(found: Sequence[Proposal], head_bed: Bed | None, by_hand: str) -> list[Offer]:
    offers = []
    if head_bed is not None:
        spot = Spot("partage", head_bed.id)
        told = words.text("For an infant: the bed of the adult.")
        offers.append(Offer(_key(spot), words.text("Shares bed {bed}").format(bed=head_bed.code), "", spot, told=told))
    possible = [one for one in found if one.is_possible]
    kept = possible[:MOST_PROPOSED] + [one for one in possible[MOST_PROPOSED:] if f"bed{one.bed.id}" == by_hand]
    fitting = [_bed_offer(one) for one in kept]
    mat = _best_mat(found)
    if mat is not None:
        fitting.append(mat)
    return offers + sorted(fitting, key=lambda offer: offer.needs_reason)


def _bed_offer(one: Proposal) -> Offer:
    place: Place = "lit"
    return Offer(f"bed{one.bed.id}", one.bed.code, one.room.name, Spot(place, one.bed.id), one.against)


def _best_mat(found: Sequence[Proposal]) -> Offer | None:
    """A mat in the sleeping room with least against it."""
    rooms: dict[int, tuple[Room, tuple[Finding, ...]]] = {
        one.room.id: (one.room, one.against) for one in found if one.room.room_type in SLEEPING_ROOMS
    }
    if not rooms:
        return None
    room, against = min(rooms.values(), key=lambda pair: (_weight(pair[1]), pair[0].code))
    told = words.text("A place more than the beds.")
    return Offer(f"mat{room.id}", words.text("Mat"), room.name, Spot("appoint", None, room.id), against, told)


def _weight(against: Sequence[Finding]) -> int:
    return sum(10 if finding.level == "needs_reason" else 1 for finding in against)
