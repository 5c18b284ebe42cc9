"""Where somebody sleeps: beds that fit, beds with a reason, a mat, a parent's bed, or later."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from shelter_desk import words
from shelter_desk.domain import settings as limits
from shelter_desk.domain.beds import held_beds
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Bed, Room
from shelter_desk.domain.beds.packing import ASKED_FOR
from shelter_desk.domain.beds.room_rules import OF_A_BED, Finding, is_mixed
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import BedId, HeldBedId, PersonId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.residents.admission.bed_offers import BedOffer, BedRadio, MoreBeds, OfferRow, WhyNot
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import bring_into_sight, fill, in_column
from shelter_desk.words.beds import first_days

MOST_PROPOSED = 3
_OF_BEDS = OF_A_BED | {held_beds.RULE}  # what a mat is not concerned by
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class BedChoice(QWidget):
    """Offers as radio buttons, one group for the arrows; the best one is chosen until a person chooses."""

    changed = Signal()
    request_wanted = Signal()  # no bed will do: a request for a place is to be noted

    def __init__(self, desk: Desk, later: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._later = desk, later
        self.setAccessibleName(words.text("Bed for tonight"))
        self._offers: dict[str, OfferRow | BedRadio] = {}
        self._shown: list[BedOffer] = []
        self._by_hand = ""
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._rows = in_column(spacing=tokens.SPACE)
        self.reason = LineField(words.text("Reason for setting the rule aside"), required=True, open_words=True)
        watch(desk, self.reason)
        self.reason.changed.connect(self._typed)
        self.not_yet = Label(size="small", ink="attention", wrap=True)
        self.why_not = WhyNot()
        no_bed = words.text("No bed fits: record a request for a place…")
        self.request_button = Button(no_bed, "quiet", "arrive", on_click=self.request_wanted)
        whole = in_column(self._rows, self.reason, self.not_yet, self.why_not, within=self, spacing=tokens.SPACE)
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
        own: HeldBedId | None = None,
    ) -> None:
        """Ask anew for this person. known: of somebody who was here before, so that R-28 is looked at. own: what is
        held for them.

        head_bed: the bed of the adult, for an infant who may share it. without: the bed that is left.
        """
        asked = beds.beds_for(self._desk, sex, birth, night, head, stay, known, own)
        found = [one for one in asked if one.bed.id != without]
        age = birth.age(night)
        oldest = limits.whole(settings.kept(self._desk), "infant_shares_bed_max_age_years")
        may_share = head_bed is not None and (age is None or age <= oldest)
        may = self._desk.may(Permission.OVERRIDE_RULE)
        offers = _offers(found, head_bed if may_share else None, self._by_hand, may)
        if self._later:
            told = words.text("The person stays without a place until then.")
            later = BedOffer("later", words.text("Later"), "", None, told=told)
            offers.insert(sum(not one.is_more for one in offers), later)
        if offers != self._shown:
            self._shown = offers
            self._lay_out()
        self._choose_again()
        fits = any(one.fits for one in found)
        self.request_button.setVisible(self._later and not fits)
        told = "" if fits else first_days.not_yet(one.since for one in found if one.since is not None)
        self.not_yet.setText(told)
        self.not_yet.setVisible(bool(told))
        told_why = {offer.key for offer in offers if not (offer.is_more and offer.needs_reason)}
        self.why_not.show_those([one for one in found if f"bed{one.bed.id}" not in told_why or not (one.fits or may)])

    def choose(self, spot: Spot | None) -> None:
        """Choose that place by hand, as from the plan of beds."""
        self.pick("" if spot is None else _key(spot))

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
        offer = self.chosen()
        if offer is None or offer.spot is None:
            return None
        spot = offer.spot
        if not offer.needs_reason:
            return spot
        if not self.reason.text():
            self.reason.set_error(words.text("Write why the rule is set aside."))
            self.reason.setFocus()
            raise Missing("reason")
        return Spot(spot.place, spot.bed, spot.room, self.reason.text())

    def chosen(self) -> BedOffer | None:
        """The offer chosen."""
        row = self._chosen()
        return row.offer if row else None

    def pick(self, key: str) -> None:
        """Choose an offer by its key: `bed7`, `mat2`, `share7`, `later`."""
        self._by_hand = key
        self._choose_again()

    def offers(self) -> list[BedOffer]:
        """What can be chosen, in display order."""
        return [row.offer for row in self._offers.values()]

    def _chosen(self) -> OfferRow | BedRadio | None:
        return next((row for row in self._offers.values() if row.radio.isChecked()), None)

    def _lay_out(self) -> None:
        for row in self._offers.values():
            self._group.removeButton(row.radio)
        empty(self._rows)
        may = self._desk.may(Permission.OVERRIDE_RULE)
        every: list[OfferRow | BedRadio] = [OfferRow(offer, may) for offer in self._shown if not offer.is_more]
        fill(self._rows, *every)
        more = [offer for offer in self._shown if offer.is_more]
        if more:
            others = MoreBeds(more)
            self._rows.addWidget(others)
            every += others.radios
        self._offers = {row.offer.key: row for row in every}
        for row in every:
            self._group.addButton(row.radio)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through every offer, card or not, as through one list."""
        step = _ARROWS.get(Qt.Key(event.key()))
        radios = [row.radio for row in self._offers.values() if row.radio.isEnabled()]
        at = next((place for place, radio in enumerate(radios) if radio.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        following = radios[(at + step) % len(radios)]
        following.setFocus(Qt.FocusReason.TabFocusReason)
        following.click()

    @Slot("QAbstractButton*")
    def _clicked(self, _button: object) -> None:
        row = self._chosen()
        self._by_hand = row.offer.key if row else ""
        self._show_chosen()
        if row is not None and row.offer.needs_reason:
            QTimer.singleShot(0, self.reason, partial(bring_into_sight, self.reason))  # it may lie below what is seen
        self.changed.emit()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self.reason.clear()
        self.changed.emit()


def bed_of(board: Board, placement: object) -> Bed | None:
    """The bed of a placement, None for a mat or a parent's bed."""
    key = getattr(placement, "bed", None)
    return next((look.bed for room in board.rooms for look in room.beds if look.bed.id == key), None)


def _key(spot: Spot) -> str:
    if spot.place == "appoint":
        return f"mat{spot.room}"
    return f"share{spot.bed}" if spot.place == "partage" else f"bed{spot.bed}"


def _offers(found: Sequence[Proposal], head_bed: Bed | None, by_hand: str, may_override: bool) -> list[BedOffer]:
    """The best ones, then every other bed that may be chosen, room by room."""
    offers = []
    if head_bed is not None:
        spot = Spot("partage", head_bed.id)
        told = words.text("For an infant: the bed of the adult.")
        offers.append(
            BedOffer(_key(spot), words.text("Shares bed {bed}").format(bed=head_bed.code), "", spot, told=told)
        )
    possible = [one for one in found if one.is_possible]
    kept = possible[:MOST_PROPOSED] + [one for one in possible[MOST_PROPOSED:] if f"bed{one.bed.id}" == by_hand]
    fitting = [_bed_offer(one) for one in kept]
    mat = _best_mat(found)
    if mat is not None:
        fitting.append(mat)
    more = [one for one in possible if one not in kept and (one.fits or may_override)]
    more.sort(key=lambda one: not one.fits)
    rooms = list(dict.fromkeys((one.fits, one.room.id) for one in more))
    more.sort(key=lambda one: rooms.index((one.fits, one.room.id)))
    fitting.sort(key=lambda offer: (offer.needs_reason, is_mixed(offer.against)))
    return [*offers, *fitting, *(_bed_offer(one, True) for one in more)]


def _bed_offer(one: Proposal, is_more: bool = False) -> BedOffer:
    spot = Spot("lit", one.bed.id)
    return BedOffer(f"bed{one.bed.id}", one.bed.code, one.room.name, spot, one.against, is_more=is_more)


def _best_mat(found: Sequence[Proposal]) -> BedOffer | None:
    """A mat in the sleeping room with least against it; in none that the manager or the sick bay decides on."""
    rooms: dict[int, tuple[Room, tuple[Finding, ...]]] = {
        one.room.id: (one.room, tuple(finding for finding in one.against if finding.rule not in _OF_BEDS))
        for one in found
        if one.room.room_type in SLEEPING_ROOMS - ASKED_FOR
    }
    if not rooms:
        return None
    room, against = min(rooms.values(), key=lambda pair: (_weight(pair[1]), pair[0].code))
    told = words.text("A place more than the beds.")
    return BedOffer(f"mat{room.id}", words.text("Mat"), room.name, Spot("appoint", None, room.id), against, told)


def _weight(against: Sequence[Finding]) -> int:
    return sum(10 if finding.level == "needs_reason" else 1 for finding in against) + 5 * is_mixed(against)
