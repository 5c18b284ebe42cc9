"""Something happens to an asset: what is refused, what is kept of before, what the register says after (T50 to T53)."""

from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.checks import check_not_future, check_optional_code, check_order
from shelter_desk.domain.codes import is_code
from shelter_desk.domain.equipment import assets
from shelter_desk.domain.equipment.history import History, in_order
from shelter_desk.domain.equipment.refusals import AgreementNeeded, AlreadySaidOfAsset, AssetGone, NotToLend
from shelter_desk.domain.errors import BadNumber, Missing, NotInList
from shelter_desk.domain.ids import AssetEventId, AssetId, RoomId

TRANSFER_OUT, MOVE, ASSIGN = "transfert_sortant", "deplacement", "affectation"
CONDITION, SEEN = "changement_etat", assets.COUNTED_THEN
FOUND_AGAIN = assets.RETURNED
# what the direction writes, on minutes (field 6.4): the storekeeper puts it out of service first
APPROVED = frozenset({assets.WRITE_OFF, TRANSFER_OUT})
# of these a day has one, and the last word of the day counts
SAID_ANEW = frozenset({MOVE, CONDITION, SEEN})
_REASONED = frozenset({assets.WRITE_OFF, TRANSFER_OUT, "perte", "vol", "hors_service"})


@dataclass(frozen=True, slots=True)
class Happening:
    """What somebody writes of an asset.

    pieces: how many of a batch, all where None. price: francs that it is sold for. lent: assigned for a time to
    other_party, who gives it back. stored: what was lent comes back into the store, and not into use; returned: it
    comes back, and does not only work again where it is.
    """

    kind: str
    on: date
    condition: str = ""
    room: RoomId | None = None
    pv_no: str = ""
    reason: str = ""
    donor_agreement: str = ""
    other_party: str = ""
    lent: bool = False
    pieces: int | None = None
    stored: bool = False
    returned: bool = False
    price: int | None = None


def happen(history: History, said: Happening, today: date) -> assets.AssetEvent:
    """The event, with what was before it.

    Raises NotInList, InTheFuture, BadDates before it came, AssetGone, NotToLend, SaidAlready, Missing, BadNumber,
    AgreementNeeded.
    """
    asset = history.asset
    if said.kind in assets.ENTRIES or not is_code("asset_event", said.kind):
        raise NotInList("asset_event", said.kind)
    check_optional_code("asset_condition", said.condition)
    check_not_future(said.on, today)
    check_order(asset.acquired_on, said.on)
    was, is_lent = history.status_on(said.on), _is_lent(history, said.on)
    # what was lost may be found, and is then written off; nothing else happens to what left
    found = said.kind == FOUND_AGAIN or (said.kind == assets.WRITE_OFF and was in (assets.LOST, assets.STOLEN))
    if was in assets.GONE and not found:
        raise AssetGone(asset.tag_no, was)
    # a telephone is lent and brought back several times a day
    is_of_loan = said.lent or (said.kind == FOUND_AGAIN and is_lent)
    is_once = not is_of_loan and said.kind not in SAID_ANEW
    if is_once and any(one.kind == said.kind and one.on == said.on for one in history.events):
        raise AlreadySaidOfAsset(asset.tag_no, said.kind, said.on)
    _check_complete(asset, said)
    if (said.lent and was not in (assets.IN_USE, assets.IN_STORE)) or (said.stored and not is_lent):
        raise NotToLend(asset.tag_no, was)
    return assets.AssetEvent(
        AssetEventId(0),
        asset.id,
        said.kind,
        said.on,
        _status_after(history, said),
        said.condition,
        said.room,
        was,
        history.condition_on(said.on),
        history.room_on(said.on),
        said.pv_no.strip(),
        said.reason.strip(),
        said.donor_agreement.strip(),
        said.other_party.strip(),
        said.price,
    )


def said_anew(history: History, event: assets.AssetEvent) -> assets.AssetEvent | None:
    """The event of that kind and day there is already, with what this one says of it; None where it is the first."""
    old = next((one for one in history.events if one.kind == event.kind and one.on == event.on), None)
    if old is None or event.kind not in SAID_ANEW:
        return None
    return replace(
        old,
        condition=event.condition or old.condition,
        room=event.room if event.room is not None else old.room,
        pv_no=event.pv_no or old.pv_no,
        reason=event.reason or old.reason,
    )


def _status_after(history: History, said: Happening) -> str:
    """What the kind of event does not say by itself: what is mended stays with whom it was lent to, and what comes back
    broken is in store and broken.
    """
    if said.lent:
        return assets.ON_LOAN
    was = history.status_on(said.on)
    if said.stored:
        return was if was in assets.TO_MEND else assets.IN_STORE
    works_again = said.kind == FOUND_AGAIN and was in assets.TO_MEND and not said.returned
    return assets.ON_LOAN if works_again and history.loan_on(said.on) is not None else ""


def _is_lent(history: History, day: date) -> bool:
    return history.status_on(day) == assets.ON_LOAN or history.loan_on(day) is not None


def _check_complete(asset: assets.Asset, said: Happening) -> None:
    if said.pieces is not None and not 0 < said.pieces <= asset.quantity:
        raise BadNumber("quantity", str(said.pieces))
    if said.price is not None and said.price < 0:
        raise BadNumber("price_xof", str(said.price))
    if said.kind == MOVE and said.room is None:
        raise Missing("to_room")
    if said.kind == CONDITION and not said.condition:
        raise Missing("asset_condition")
    if said.kind in _REASONED and not said.reason.strip():
        raise Missing("reason")
    if (said.kind == TRANSFER_OUT or said.lent) and not said.other_party.strip():
        raise Missing("third_party")
    if said.kind in APPROVED and not said.pv_no.strip():
        raise Missing("pv_no")
    if said.kind in APPROVED and asset.owner == "bailleur" and not said.donor_agreement.strip():
        raise AgreementNeeded(asset.tag_no)


def after(history: History, event: assets.AssetEvent) -> assets.Asset:
    """The asset as the register says it now; an event of before another one changes nothing that this one said."""
    asset = history.asset
    later = [one for one in history.events if one.on > event.on]
    if event.makes and not any(one.makes for one in later):
        asset = replace(asset, status=event.makes)
    if event.condition and not any(one.condition for one in later):
        asset = replace(asset, condition=event.condition)
    if event.room is not None and not any(one.room is not None for one in later):
        asset = replace(asset, room=event.room)
    return asset


def with_event(history: History, event: assets.AssetEvent) -> History:
    """The history once this was written, in place of what it says anew."""
    others = [one for one in history.events if one.id != event.id]
    return History(after(history, event), in_order([*others, event]))


def split(history: History, pieces: int, tag_no: str) -> tuple[assets.Asset, assets.Asset]:
    """A batch in two: what stays under its tag, and `pieces` of it under another one, with the same past
    and no serial number of its own.

    The cost is shared by pieces, what does not divide stays. Raises BadNumber.
    """
    asset = history.asset
    if not 0 < pieces < asset.quantity:
        raise BadNumber("quantity", str(pieces))
    part = None if asset.cost is None else asset.cost * pieces // asset.quantity
    rest = None if asset.cost is None or part is None else asset.cost - part
    made = replace(asset, id=AssetId(0), tag_no=tag_no, serial_no="", quantity=pieces, cost=part)
    return replace(asset, quantity=asset.quantity - pieces, cost=rest), made


def entry_on(history: History, came: date) -> assets.AssetEvent | None:
    """How it came, on that day instead of the one written so far; None where nothing is to be moved.

    Raises BadDates where something happened to it before that day, SaidAlready.
    """
    asset = history.asset
    entry = next((one for one in history.events if one.kind in assets.ENTRIES and one.on == asset.acquired_on), None)
    others = [one for one in history.events if one is not entry]
    first = min((one.on for one in others), default=came)
    check_order(came, first)
    if entry is None or entry.on == came:
        return None
    if any((one.kind, one.on) == (entry.kind, came) for one in others):
        raise AlreadySaidOfAsset(asset.tag_no, entry.kind, came)
    return replace(entry, on=came)
