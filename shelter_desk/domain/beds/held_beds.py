"""Beds held for somebody who is expected: until which night, for whom by sex and age, and what became of it (R-35).

Nobody is named. A held bed is no occupancy: no figure of nights, presence or capacity reads it. It lapses by its dates
alone, at the midnight that ends its last night. Source: field 5.1.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.room_rules import Finding
from shelter_desk.domain.checks import check_optional_code, check_order
from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import BedId, HeldBedId, PlaceRequestId, RoomId, StayId, UserId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.stays.place_requests import Group, check_groups

RULE = "R-35"
MOST_NIGHTS = 31  # from the first night held to the last one
USUAL_NIGHTS = 2  # after the day of the arrival, until somebody says otherwise
MOST_LETTERS = 80

HeldState = Literal["held", "late", "arrived", "cancelled", "lapsed"]


class BedHeld(RuleBroken):
    """The bed is held for another arrival over some of these nights. after: the first night it is not."""

    bed_code: str
    held_no: str
    after: date


class NotEnoughBeds(RuleBroken):
    """The room has fewer free beds on these nights than are to be held, or are held already."""

    room_code: str
    free: int


class PlacesHeld(RuleBroken):
    """The places held in the room need this bed. after: the first night they do not."""

    room_code: str
    held_no: str
    after: date


class RoomHeld(RuleBroken):
    """All that the room has left is held for other arrivals. after: the first night one of those is not."""

    room_code: str
    held_no: str
    after: date


class HeldTooLong(RuleBroken):
    """A bed is held for longer than a shelter can spare it."""

    most: int


class HeldOver(RuleBroken):
    """It is not held any more: cancelled, lapsed, or everybody who was expected is here."""

    held_no: str


class HeldGone(RuleBroken):
    """The held bed is not in the file any more: it was taken back."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who was expected and came."""

    stay: StayId
    on: date


@dataclass(frozen=True, slots=True)
class HeldBed:
    """One bed, or so many places of one room, held on the nights of [first, after).

    bed or room: exactly one of them; places: 1 for a bed. groups: who is expected. request: the request for a place it
    answers, if there is one. ended_on: the day on which it was cancelled, with end_reason in a few words, or the
    outcome of the request with which it ended.
    """

    id: HeldBedId
    held_no: str
    groups: tuple[Group, ...]
    expected_on: date
    first: date
    after: date
    bed: BedId | None = None
    room: RoomId | None = None
    places: int = 1
    request: PlaceRequestId | None = None
    source: str = ""
    ended_on: date | None = None
    end_reason: str = ""
    held_by: UserId | None = None
    ended_by: UserId | None = None
    arrived: tuple[Arrival, ...] = ()

    @property
    def last(self) -> date:
        """The last night on which it is held."""
        return self.after - ONE_DAY

    @property
    def persons(self) -> int:
        """How many are expected."""
        return sum(one.persons for one in self.groups)

    @property
    def left(self) -> int:
        """Places that nobody came for yet."""
        return max(0, self.places - len(self.arrived))

    def holds(self, today: date) -> bool:
        """True until it is cancelled, everybody came, or its last night is over."""
        return self.ended_on is None and self.left > 0 and today < self.after

    def on(self, night: date) -> bool:
        """Whether that night is one of those asked for."""
        return self.first <= night < self.after

    def overlaps(self, start: date, end: date | None) -> bool:
        """Whether it has a night in common with [start, end)."""
        return start < self.after and (end is None or self.first < end)

    def state(self, today: date) -> HeldState:
        """What became of it; `late` where the day of the arrival has passed and it is held still.

        `arrived` also where it was given up while a stay that came for it was cancelled and not yet brought back.
        """
        if not self.left:
            return "arrived"
        if self.ended_on is not None:
            return "cancelled"
        if today >= self.after:
            return "lapsed"
        return "late" if self.expected_on < today else "held"

    @property
    def over_on(self) -> date:
        """The first night on which it was, or will be, held no more; never before its first one."""
        end = self.after
        if not self.left:
            end = min(end, max(one.on for one in self.arrived))
        elif self.ended_on is not None:
            end = min(end, self.ended_on)
        return max(end, self.first)


def check(held: HeldBed, today: date) -> None:
    """Refuse what is not whole or not of this time.

    Raises Missing, NotInList, BadDates, HeldTooLong; BadDates too where the last night is over.
    """
    if (held.bed is None) == (held.room is None):
        raise Missing("bed_code")
    if held.places < 1 or (held.bed is not None and held.places > 1):
        raise Missing("places")
    check_groups(held.groups)
    check_optional_code("referral_source", held.source)
    check_order(held.first, held.expected_on)
    check_order(held.expected_on, held.last)
    check_order(today, held.last)
    if (held.after - held.first).days > MOST_NIGHTS:
        raise HeldTooLong(MOST_NIGHTS)


def changed(old: HeldBed, wanted: HeldBed, today: date) -> HeldBed:
    """What is held as it is wanted from now on; what became of it stays.

    One that had lapsed, or is held elsewhere from now on, holds nothing of its new place before today. Raises as
    `check`, BadDates too where it would begin in the past and did not, HeldOver where it was cancelled or everybody
    came.
    """
    if old.ended_on is not None or not old.left:
        raise HeldOver(old.held_no)
    new = replace(
        old,
        bed=wanted.bed,
        room=wanted.room,
        places=wanted.places,
        groups=wanted.groups,
        source=wanted.source,
        expected_on=wanted.expected_on,
        first=wanted.first,
        after=wanted.after,
    )
    if new.expected_on != old.expected_on:
        check_order(new.first, new.expected_on)
    if not old.holds(today) or (new.bed, new.room) != (old.bed, old.room):
        new = replace(new, first=max(new.first, today))
    check_order(min(old.first, today), new.first)
    check(replace(new, expected_on=max(new.expected_on, today)), today)  # the arrival may be late
    return new


def cancelled(held: HeldBed, reason: str, on: date, by: UserId | None) -> HeldBed:
    """The held bed once it is given up. Raises Missing without a reason, HeldOver where it holds nothing any more."""
    if not held.holds(on):
        raise HeldOver(held.held_no)
    if not reason.strip():
        raise Missing("end_reason")
    return replace(held, ended_on=on, end_reason=reason.strip()[:MOST_LETTERS], ended_by=by)


def check_arrival(held: HeldBed, on: date) -> None:
    """Whether somebody who comes that day comes for it; earlier than expected too. Raises HeldOver."""
    if not held.holds(on):
        raise HeldOver(held.held_no)


def of_bed(bed: BedId, start: date, end: date | None, held: Iterable[HeldBed]) -> HeldBed | None:
    """What holds this very bed over some night of [start, end); the first one."""
    found = [one for one in held if one.bed == bed and one.overlaps(start, end)]
    return min(found, key=lambda one: one.first, default=None)


def in_room(room: RoomId, start: date, end: date | None, held: Iterable[HeldBed]) -> int:
    """How many places of that room are held over some night of [start, end), beds held by themselves left out."""
    return sum(one.left for one in held if one.room == room and one.overlaps(start, end))


def finding(bed: Bed, start: date, end: date | None, held: Iterable[HeldBed], free: int) -> Finding | None:
    """R-35: what is held speaks against giving that bed on the nights of [start, end) to somebody else.

    held: what holds today, without what is held for this very person. free: beds of the capacity of that room that
    nobody has or holds by themselves on the first of these nights, this one among them.
    """
    known = list(held)
    own = of_bed(bed.id, start, end, known)
    if own is not None:
        return Finding(RULE, "needs_reason", (own.held_no,))
    wanted = 0 if bed.is_extra else in_room(bed.room, start, end, known)
    if wanted and wanted > free - 1:
        there = [one for one in known if one.room == bed.room and one.overlaps(start, end)]
        return Finding(RULE, "needs_reason", tuple(one.held_no for one in sorted(there, key=lambda one: one.first)))
    return None


def in_order(held: Iterable[HeldBed], today: date) -> list[HeldBed]:
    """Those that hold, the arrival expected first at the top; then the others, the last one over at the top."""
    known = list(held)
    holding = sorted((one for one in known if one.holds(today)), key=lambda one: (one.expected_on, one.id))
    others = [one for one in known if not one.holds(today)]
    return holding + sorted(others, key=lambda one: (one.over_on, one.id), reverse=True)
